import type { LossKind } from '../../../src-shared/experiment.ts'
import { ceCount } from './ceCount.ts'
import { ceMaxMembrane } from './ceMaxMembrane.ts'
import { ceMembraneSum } from './ceMembraneSum.ts'
import { ceRate } from './ceRate.ts'
import { ceTemporal } from './ceTemporal.ts'
import type { LossDefinition } from './lossDefinition.ts'
import { mseCount } from './mseCount.ts'
import { mseMembrane } from './mseMembrane.ts'
import { mseRate } from './mseRate.ts'
import { mseTemporal } from './mseTemporal.ts'

/** The table of losses. Their parameters stand in `lossTables`. */
export const losses: Record<LossKind, LossDefinition> = {
  ce_count: ceCount,
  ce_rate: ceRate,
  ce_membrane_sum: ceMembraneSum,
  ce_max_membrane: ceMaxMembrane,
  ce_temporal: ceTemporal,
  mse_count: mseCount,
  mse_rate: mseRate,
  mse_membrane: mseMembrane,
  mse_temporal: mseTemporal,
}
