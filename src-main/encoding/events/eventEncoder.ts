import type { EventEncodingKind } from '../../../src-shared/encodingTables.ts'
import type { FieldValues } from '../../../src-shared/fields.ts'
import type { SparseFrames } from '../sparseFrames.ts'
import type { DroppedEvents, Events } from './events.ts'

/** How a recording becomes input. */
export interface EventEncoder {
  kind: EventEncodingKind
  /** Whether the input is only ones. */
  binary(params: FieldValues): boolean
  /** Appends exactly `steps` frames to `out`. */
  encode(events: Events, steps: number, params: FieldValues, out: SparseFrames): DroppedEvents
}
