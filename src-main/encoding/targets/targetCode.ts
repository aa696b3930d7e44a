import type { FieldValues } from '../../../src-shared/fields.ts'
import type { TargetKind } from '../../../src-shared/targetTables.ts'

/** How a label becomes what the outputs should do over time. */
export interface TargetCode {
  kind: TargetKind
  /** Whether the targets do not change over time, and then have no axis of time. */
  still(params: FieldValues): boolean
  /**
   * The targets of labels, `[T,B,C]`; `[B,C]` where they are still. Throws `encoding.` errors where the parameters
   * do not go together, and `engine.label`.
   *
   * @param random in [0,1)
   */
  encode(
    labels: Uint8Array,
    classes: number,
    timeSteps: number,
    params: FieldValues,
    random: () => number,
  ): Float32Array
}
