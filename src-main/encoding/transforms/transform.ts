import type { FieldValues } from '../../../src-shared/fields.ts'
import type { TransformKind } from '../../../src-shared/transformTables.ts'
import type { Events } from '../events/events.ts'
import type { ImageSample } from '../images/image.ts'
import type { TransformStream } from '../random.ts'

/** What is done to a sample before it is encoded; its parameters stand in `transformTables`. */
export interface Transform {
  kind: TransformKind
  /**
   * Changes a recording in place; its shape is set afterwards from the table.
   *
   * @param random of the sample; not drawn from by what is not random
   */
  events?(events: Events, params: FieldValues, random: TransformStream): void
  /** What becomes of an image; the one given stays as it is. */
  image?(image: ImageSample, params: FieldValues, random: TransformStream): ImageSample
}
