import { z } from 'zod'
import type { EventCounts } from './encodingContract.ts'
import type { ErrorMessage } from './errors/index.ts'
import type { EngineId, ExperimentDocument } from './experiment.ts'
import { experimentSchema, fieldValues } from './experimentSchema.ts'
import { request } from './requestDefinition.ts'
import { id, nothing, sampleIndex, split, type Split } from './requestFields.ts'

/** Requests about training, kept runs and the activity of their networks, part of the contract; see `contract.ts`. */

export type RunState =
  'preparing' | 'running' | 'pausing' | 'paused' | 'stopping' | 'done' | 'stopped' | 'failed' | 'interrupted'

/** One line of the run list. Accuracies are shares, 0 to 1. */
export interface RunSummary {
  id: string
  name: string
  state: RunState
  dataset: string
  datasetName: string
  /** Preset or model name. */
  model: string
  engine: EngineId
  device: string
  threads: number
  seed: number
  createdAt: string
  endedAt: string | null
  epoch: number
  epochs: number
  batch: number
  batchesPerEpoch: number
  lastLoss: number | null
  lastTestAccuracy: number | null
  bestTestAccuracy: number | null
  bestEpoch: number | null
  imagesPerSecond: number | null
  seconds: number
  /** Path of the newest checkpoint and the epoch it stands at the end of. */
  checkpoint: string | null
  checkpointEpoch: number | null
  error: ErrorMessage | null
}

export interface EpochRecord {
  epoch: number
  /** Mean of the batch losses. */
  trainLoss: number
  /** Mean of what the regularisers added to the batch losses. */
  penalty: number
  /** Of the last step; null in records from before it was kept. */
  learningRate: number | null
  trainAccuracy: number
  testLoss: number
  testAccuracy: number
  trainImagesPerSecond: number
  testImagesPerSecond: number
  seconds: number
  /** Share of these seconds in which training waited for data, 0 to 1. */
  waiting: number
  /** Mean firing per neuron and step of each neuron layer, over the epoch's training. */
  firingRates: number[]
  /**
   * What became of the events of the training recordings in this epoch; null of images, and in records from before it
   * was kept.
   */
  events: EventCounts | null
}

/** Everything recorded of a run up to now. */
export interface RunHistory {
  /** Loss of batch `firstStep + i`. */
  losses: Float32Array
  epochs: EpochRecord[]
}

export interface RunDetail extends RunSummary {
  experiment: ExperimentDocument
  datasetChecksum: string
  versions: Record<string, string>
  folder: string
}

/** The activity of the network on one sample. */
export interface ActivityTrace {
  split: Split
  index: number
  shape: number[]
  pixels: Uint8Array
  label: number
  prediction: number
  classes: string[]
  timeSteps: number
  /** Spikes of each output; with a population code there are several outputs for each class. */
  counts: Float32Array
  layers: {
    layer: string
    neurons: number
    threshold: number
    spikes: Uint8Array
    membrane: Float32Array
    /** Its other states by name, e.g. a synaptic current. */
    states?: Record<string, Float32Array>
  }[]
}

export interface EvaluationResult {
  correct: number
  total: number
  accuracy: number
  loss: number
  /** `[classes][classes]`: rows are true, columns predicted. */
  confusion: number[][]
}

/** Progress of the running run, at most 10 a second; `losses` continue at step `firstStep`. */
export interface MetricsEvent {
  run: string
  firstStep: number
  losses: Float32Array
  epoch: number
  batch: number
  batchesPerEpoch: number
  trainAccuracy: number
  /** Of the last step. */
  learningRate: number
  imagesPerSecond: number
  /** Seconds to the end of the run; null before 20 batches. */
  etaSeconds: number | null
  firingRates: number[]
}

export const runRequests = {
  /** From first weights, or from those of a file whose network is that of the experiment. */
  'training.start': request<RunSummary>()(
    z.strictObject({
      experiment: experimentSchema,
      weights: z.strictObject({ path: id, answers: fieldValues }).optional(),
    }),
  ),
  'training.pause': request<null>()(z.strictObject({ run: id })),
  'training.resume': request<null>()(z.strictObject({ run: id })),
  'training.stop': request<null>()(z.strictObject({ run: id })),
  /** Goes on from the last checkpoint, up to `epochs` in all. */
  'training.continue': request<RunSummary>()(z.strictObject({ run: id, epochs: z.int().min(1).max(100000) })),
  'runs.list': request<RunSummary[]>()(nothing),
  'runs.detail': request<RunDetail>()(z.strictObject({ run: id })),
  'runs.history': request<RunHistory>()(z.strictObject({ run: id })),
  'runs.rename': request<null>()(z.strictObject({ run: id, name: z.string().min(1).max(200) })),
  'activity.trace': request<ActivityTrace>()(z.strictObject({ run: id, split, index: sampleIndex })),
} as const
