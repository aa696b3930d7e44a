import type { OptimizerKind } from '../../../src-shared/experimentFields.ts'
import type { FieldValues } from '../../../src-shared/fields.ts'
import type { UpdateOp } from '../updateOps.ts'

/** How an optimizer updates one parameter. */
export interface OptimizerDefinition {
  kind: OptimizerKind
  /** Names of the tensors that it keeps beside each parameter, each of the parameter's shape. */
  states(params: FieldValues): readonly string[]
  /** The update of one parameter; its states are called `<parameter>.<state>`. */
  update(parameter: string, gradient: string, params: FieldValues): UpdateOp
}
