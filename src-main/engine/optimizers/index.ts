import type { OptimizerKind } from '../../../src-shared/experimentFields.ts'
import { adam, adamw } from './adam.ts'
import { adamax } from './adamax.ts'
import type { OptimizerDefinition } from './optimizerDefinition.ts'
import { rmsprop } from './rmsprop.ts'
import { sgd } from './sgd.ts'

/** The table of optimizers. Their parameter tables stand in `optimizerTables`. */
export const optimizers: Record<OptimizerKind, OptimizerDefinition> = { adam, adamw, adamax, rmsprop, sgd }
