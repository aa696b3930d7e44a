import type { OptimizerKind } from '../../../src-shared/experimentFields.ts'
import { adam } from './adam.ts'
import type { OptimizerDefinition } from './optimizerDefinition.ts'
import { sgd } from './sgd.ts'

/** The table of optimizers. Their parameter tables stand in `optimizerTables`. */
export const optimizers: Record<OptimizerKind, OptimizerDefinition> = { adam, sgd }
