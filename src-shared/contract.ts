import { z } from 'zod'
import { encodingTables, type EncodingKind } from './encodingTables.ts'
import type { ExperimentDocument, EngineId } from './experiment.ts'
import { memoryField } from './experimentFields.ts'
import { experimentSchema, fieldValues } from './experimentSchema.ts'
import type { ErrorMessage } from './errors/index.ts'
import { checkpointRequests } from './checkpointContract.ts'
import { request } from './requestDefinition.ts'
import { transformTables, type TransformKind } from './transformTables.ts'

/**
 * Everything that may pass between the page and the workbench, in one list: requests with the schema of their
 * parameters and the type of their result, and events. Services, client and preload are derived from it.
 * Typed arrays travel as they are (see `frames.ts`).
 */

const nothing = z.strictObject({})
const id = z.string().min(1).max(4096)
const job = z.string().min(1).max(100)
const split = z.enum(['train', 'test'])
const sampleIndex = z.int().min(0).max(4294967295)
const encoding = z.strictObject({
  kind: z.enum(Object.keys(encodingTables) as EncodingKind[]),
  params: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
})
const transform = z.strictObject({
  kind: z.enum(Object.keys(transformTables) as TransformKind[]),
  params: fieldValues,
})

export type Split = z.infer<typeof split>

export interface EngineInfo {
  id: EngineId
  /** What it runs on, e.g. `AVX-512`; empty where it is not to be had. */
  device: string
  /** Threads that it takes where none are asked for; 0 where it is not to be had. */
  threads: number
  /** Null where it runs; else the exact reason why not. */
  unavailable: string | null
}

export interface AppInfo {
  version: string
  /** `electron` or `browser`. */
  host: string
  workspace: string
  cores: number
  engines: EngineInfo[]
}

/** What an import found that is not as it should be. */
export type FindingKind =
  'unreadable' | 'empty' | 'unsorted' | 'outside' | 'tooLong' | 'size' | 'duplicated' | 'dropped' | 'missing'

/** One kind of finding of an import and what became of it. */
export interface ImportFinding {
  kind: FindingKind
  done: 'kept' | 'leftOut' | 'repaired'
  /** Recordings or pictures concerned. */
  samples: number
  /** Events concerned; 0 where none are countable. */
  events: number
  /** Some of them, with the reason where they differ. */
  names: string[]
}

/** What is known of the events of a dataset of recordings. */
export interface EventFacts {
  /** `[W,H,P]` in pixels and polarities. */
  sensor: [width: number, height: number, polarities: number]
  trainEvents: number
  testEvents: number
  /** Mean number of events of a recording, by class, over both splits. */
  meanPerClass: number[]
  /** From the first to the last event of a recording, µs. */
  duration: { shortest: number; mean: number; longest: number }
  /** True where they were made from images and no camera saw them. */
  simulated: boolean
}

/** How far an import is; at most five a second. */
export interface ImportProgress {
  /** What is imported. */
  path: string
  samples: number
  totalSamples: number
  bytes: number
  totalBytes: number
  bytesPerSecond: number
  /** Null in its first second. */
  etaSeconds: number | null
}

/** What holds for every run of a workspace and changes no number of any. */
export interface WorkspaceSettings {
  /** MiB that the batches made ahead of training may take together. */
  memory: number
}

/** What the Data screen shows of a dataset. Counts are per class. */
export interface DatasetCard {
  id: string
  kind: 'images' | 'events'
  name: string
  format: string
  path: string | null
  origin: string
  licence: string
  /** Of a sample: `[C,H,W]` of images, `[P,H,W]` of events. */
  shape: number[]
  classes: string[]
  trainCount: number
  testCount: number
  trainPerClass: number[]
  testPerClass: number[]
  checksum: string
  known: string | null
  bytesOnDisk: number
  bundled: boolean
  /** Null for images, and for events that have not been made yet. */
  events: EventFacts | null
  /** Least and largest byte of the images; null for events. */
  valueRange: [least: number, largest: number] | null
  /** What its import found and did; empty where everything was in order or nothing was imported. */
  findings: ImportFinding[]
  /** How it was imported, setting by setting; empty where it was not. */
  settings: Record<string, number | string | boolean>
  /** Why it cannot be opened now (moved, damaged); null where it can. */
  problem: ErrorMessage | null
}

/** One file of a dataset that was compared with what it was when the dataset was added. */
export interface VerifiedFile {
  name: string
  bytes: number
  fine: boolean
}

/** A dataset that was read whole again. */
export interface DatasetVerification {
  id: string
  fine: boolean
  files: VerifiedFile[]
  card: DatasetCard
}

/** The events of one recording. */
export interface RecordingSample {
  /** `[P,H,W]`. */
  shape: number[]
  label: number
  /** Microseconds from the start of the recording, ascending; one event an entry in all four. */
  t: Uint32Array
  x: Uint16Array
  y: Uint16Array
  /** 1 is ON (brighter), 0 is OFF. */
  p: Uint8Array
}

/** Some samples of a split, as bytes `[count,C,H,W]`; a recording is shown as a picture of its events. */
export interface SamplePage {
  indices: Uint32Array
  labels: Uint8Array
  pixels: Uint8Array
  shape: number[]
  /** How many samples match the filter in all. */
  total: number
}

/** One sample as the network would get it in the first epoch. */
export interface EncodingPreview {
  /** The sample itself, `[C,H,W]`; of a recording the number of events at each pixel, the most being 255. */
  shape: number[]
  label: number
  pixels: Uint8Array
  timeSteps: number
  /** Shape of the input after transforms and encoding, N values. */
  inputShape: number[]
  /** Whether the input is only zeros and ones (rate, Poisson, binary frames). */
  spiking: boolean
  /** `[T,N]`: 0 or 1 where spiking, else currents, counts or what the encoding gives. */
  values: Float32Array
  /** Sum over the steps, `[N]`. */
  totals: Float32Array
  /** What became of the events of a recording: null of an image. */
  events: {
    recorded: number
    /** Left after the transforms. */
    transformed: number
    /** Of these, not in any frame: outside the time of all frames, and outside the sensor. */
    time: number
    place: number
  } | null
}

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

/** Cost of an experiment before it runs. */
export interface CostEstimate {
  parameters: number
  /** Working memory of a training step in bytes. */
  stepBytes: number
  /** Floating-point operations of one training step, static layers counted once. */
  stepFlops: number
}

/** What one neuron of a layer does with a current, one value for each time step. */
export interface NeuronPreview {
  /** 0 or 1. */
  spikes: Uint8Array
  membrane: Float32Array
}

export const requests = {
  'app.info': request<AppInfo>()(nothing),
  'settings.read': request<WorkspaceSettings>()(nothing),
  /** Holds from the next run on. */
  'settings.write': request<WorkspaceSettings>()(
    z.strictObject({ memory: z.int().min(memoryField.min).max(memoryField.max) }),
  ),
  'datasets.list': request<DatasetCard[]>()(nothing),
  'datasets.add': request<DatasetCard>()(z.strictObject({ path: id })),
  'datasets.card': request<DatasetCard>()(z.strictObject({ id })),
  /**
   * Adds a folder or file as `datasets.add` does, with settings (see `importFields.ts`). `datasets.progress` tells of
   * it under the name `job`, which the page chooses, and `datasets.cancel` ends it.
   */
  'datasets.import': request<DatasetCard>()(z.strictObject({ job, path: id, settings: fieldValues })),
  /** Makes events from images with a simulated camera (see `cameraFields.ts`); progress and cancelling as above. */
  'datasets.makeEvents': request<DatasetCard>()(z.strictObject({ job, id, camera: fieldValues })),
  'datasets.verify': request<DatasetVerification>()(z.strictObject({ job, id })),
  /** Ends an import, a making or a verification; they fail with `dataset.cancelled`. Nothing where it has ended. */
  'datasets.cancel': request<null>()(z.strictObject({ job })),
  'datasets.recording': request<RecordingSample>()(z.strictObject({ id, split, index: sampleIndex })),
  'datasets.remove': request<null>()(z.strictObject({ id })),
  'datasets.samples': request<SamplePage>()(
    z.strictObject({
      id,
      split,
      offset: sampleIndex,
      count: z.int().min(1).max(512),
      label: z.int().min(0).max(255).nullable(),
    }),
  ),
  'encoding.preview': request<EncodingPreview>()(
    z.strictObject({
      id,
      split,
      index: sampleIndex,
      encoding,
      transforms: z.array(transform).max(32).optional(),
      timeSteps: z.int().min(1).max(1000),
      seed: z.int().min(0).max(4294967295),
    }),
  ),
  'model.cost': request<CostEstimate>()(z.strictObject({ experiment: experimentSchema })),
  'model.neuron': request<NeuronPreview>()(
    z.strictObject({
      kind: id,
      params: fieldValues,
      currents: z.array(z.number()).min(1).max(1000),
      seed: z.int().min(0).max(4294967295),
    }),
  ),
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
  'runs.evaluate': request<EvaluationResult>()(z.strictObject({ run: id, split })),
  'activity.trace': request<ActivityTrace>()(z.strictObject({ run: id, split, index: sampleIndex })),
  ...checkpointRequests,
} as const

export type RequestName = keyof typeof requests
export type RequestParams<Name extends RequestName> = z.infer<(typeof requests)[Name]['params']>
export type RequestResult<Name extends RequestName> = Exclude<(typeof requests)[Name]['result'], undefined>

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

export interface WorkbenchEvents {
  'training.metrics': MetricsEvent
  'training.epoch': { run: string; record: EpochRecord }
  /** Sent on every change of state, checkpoint or name. */
  'run.changed': RunSummary
  'datasets.changed': { cards: DatasetCard[] }
  'datasets.progress': { job: string; progress: ImportProgress }
}

export type EventName = keyof WorkbenchEvents

/** What travels over a channel. */
export type ClientMessage = { type: 'request'; id: number; name: string; params: unknown }
export type ServerMessage =
  | { type: 'response'; id: number; result: unknown }
  | { type: 'failure'; id: number; error: ErrorMessage }
  | { type: 'event'; name: EventName; data: unknown }

/** The one door between the page and whoever hosts the workbench. Values may hold typed arrays. */
export interface Channel<Incoming, Outgoing> {
  post(message: Outgoing): void
  onMessage(listener: (message: Incoming) => void): void
  onClose(listener: () => void): void
  close(): void
}
