import type { EncodingKind, EngineEncodingKind } from './encodingTables.ts'
import type { OptimizerKind } from './experimentFields.ts'
import type { FieldValues } from './fields.ts'
import type { LossKind } from './lossTables.ts'
import type { ModelDocument } from './model/document.ts'
import type { RegulariserKind } from './regulariserTables.ts'
import type { ClippingKind, ScheduleKind } from './scheduleTables.ts'
import type { TransformKind } from './transformTables.ts'

/** Version of the experiment document. */
export const experimentVersion = 4

export type { LossKind } from './lossTables.ts'
export type EngineId = 'native' | 'reference'
/** `automatic` is where training would not fit into its memory otherwise. */
export type RecomputeKind = 'never' | 'automatic' | 'always'

/** How a sample becomes input: a kind of `encodingTables` and the values of its table. */
export interface EncodingSettings {
  kind: EncodingKind
  params: FieldValues
}

/** An encoding of images that the engine makes itself. */
export interface EngineEncodingSettings extends EncodingSettings {
  kind: EngineEncodingKind
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

/** A kind of `transformTables` and the values of its table. */
export interface TransformSettings {
  kind: TransformKind
  params: FieldValues
}

/** A kind of `scheduleTables` and the values of its table. */
export interface ScheduleSettings {
  kind: ScheduleKind
  params: FieldValues
}

/** A kind of `clippingTables` and the values of its table. */
export interface ClippingSettings {
  kind: ClippingKind
  params: FieldValues
}

/** A kind of `regulariserTables` and the values of its table. */
export interface RegulariserSettings {
  kind: RegulariserKind
  params: FieldValues
  /** Ids of the neuron layers that it is for; empty is all of them. */
  layers: string[]
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
  /** What is done to a sample before it is encoded, in this order. */
  transforms: TransformSettings[]
  encoding: EncodingSettings
  timeSteps: number
  model: ModelDocument
  loss: LossSettings
  /** Added to the loss. */
  regularisers: RegulariserSettings[]
  optimizer: OptimizerSettings
  /** How the learning rate changes over the run. */
  schedule: ScheduleSettings
  /** What is done to gradients that are too large. */
  clipping: ClippingSettings
  /** Batches whose gradients are averaged for one step of the optimizer. */
  accumulation: number
  /** Steps after which the gradient through time is cut; 0 is never. */
  truncation: number
  epochs: number
  batchSize: number
  dropLast: boolean
  seed: number
  engine: EngineId
  /** Worker threads; 0 takes all cores. Results do not depend on it. */
  threads: number
  /**
   * Whether currents are computed again on the way back rather than kept, to the same bits; and where that is not enough
   * the steps in stretches, to the same results up to rounding.
   */
  recompute: RecomputeKind
}
