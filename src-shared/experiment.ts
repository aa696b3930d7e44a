import type { EncodingKind, OptimizerKind } from './experimentFields.ts'
import type { FieldValues } from './fields.ts'
import type { LossKind } from './lossTables.ts'
import type { ModelDocument } from './model/document.ts'

/** Version of the experiment document. */
export const experimentVersion = 2

export type { LossKind } from './lossTables.ts'
export type EngineId = 'native' | 'reference'

/** How an image becomes input: a kind of `encodingTables` and the values of its table. */
export interface EncodingSettings {
  kind: EncodingKind
  params: FieldValues
}

/** A kind of `optimizerTables` and the values of its table. */
export interface OptimizerSettings {
  kind: OptimizerKind
  params: FieldValues
}

/** A kind of `lossTables` and the values of its table. */
export interface LossSettings {
  kind: LossKind
  params: FieldValues
}

/** Everything that decides a run. The same document on the same engine gives the same run, bit for bit. */
export interface ExperimentDocument {
  version: number
  name: string
  dataset: {
    /** Id of a known dataset; a dataset added by path has one too. */
    id: string
    /** Contiguous 1/n of the samples in file order, as snnTorch's `data_subset`. */
    subset: number
    /** At most this many training samples; 0 is all. */
    limit: number
  }
  encoding: EncodingSettings
  timeSteps: number
  model: ModelDocument
  loss: LossSettings
  optimizer: OptimizerSettings
  epochs: number
  batchSize: number
  dropLast: boolean
  seed: number
  engine: EngineId
  /** Worker threads; 0 takes all cores. Results do not depend on it. */
  threads: number
}
