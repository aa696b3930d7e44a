import type { LossKind } from '../../../src-shared/experiment.ts'
import { ceCount } from './ceCount.ts'
import { ceMembraneSum } from './ceMembraneSum.ts'
import type { LossDefinition } from './lossDefinition.ts'
import { mseRate } from './mseRate.ts'

/** The table of losses. */
export const losses: Record<LossKind, LossDefinition> = {
  ce_count: ceCount,
  ce_membrane_sum: ceMembraneSum,
  mse_rate: mseRate,
}
