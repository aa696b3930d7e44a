import { z } from 'zod'
import type { ActivityTrace, EvaluationResult } from './runContract.ts'
import type { ErrorMessage, Phrase } from './errors/index.ts'
import type { ExperimentDocument } from './experiment.ts'
import { fieldValues } from './experimentSchema.ts'
import type { TreeRow } from './fileTree.ts'
import type { Fact, FoundHistory, FrameworkId, Question } from './importedNetwork.ts'
import { request } from './requestDefinition.ts'
import { job } from './requestFields.ts'

/** Requests about checkpoint files of any program, part of the contract; see `contract.ts`. */

/** One tensor that a layer owns. */
export interface ParameterSummary {
  layer: string
  /** As in the layer table: `beta`, `weight`. */
  name: string
  shape: number[]
  learnable: boolean
  /** Of constants in the equations of neurons; null of weights, which are not read for this. */
  range: { min: number; max: number } | null
}

/** A graph as it stands in a file. */
export interface GraphView {
  /** Nodes of the graph; none of them follow where there are too many to draw. */
  count: number
  nodes: {
    name: string
    type: string
    /** Of its weight or its neurons, where it says. */
    shape: number[] | null
    /** Whether it stands in a circle. */
    circle: boolean
  }[]
  edges: [from: string, to: string][]
}

/** The network of a file, as far as the file and the answers say. */
export interface NetworkSummary {
  framework: FrameworkId
  /** Model, time steps, encoding and training; its dataset is for the user to choose. */
  experiment: ExperimentDocument
  parameters: ParameterSummary[]
  questions: Question[]
  facts: Fact[]
  histories: FoundHistory[]
  notes: Phrase[]
}

/** What is in a file. */
export interface OpenedCheckpoint {
  path: string
  name: string
  /** `torch`, `safetensors`, `spikedesk`, `nir`, `npz`, ... */
  format: string
  bytes: number
  /** At most 100,000; `cut` where there are more. */
  rows: TreeRow[]
  cut: boolean
  notes: Phrase[]
  /** Of NIR files alone. */
  graph: GraphView | null
  /** Null where there is none that can be run; `problem` says why. */
  network: NetworkSummary | null
  problem: ErrorMessage | null
}

/** One tensor of two checkpoints. */
export interface TensorChange {
  name: string
  shape: number[]
  /** Whether every bit is the same. */
  equal: boolean
  /** Euclidean length of the difference, and its share of the length of the first. */
  distance: number
  relative: number
  /** The largest difference of an element. */
  most: number
  /** Cosine of the angle between both. */
  cosine: number
}

export interface CheckpointComparison {
  changes: TensorChange[]
  /** Tensors of one file only, or whose shapes differ. */
  onlyFirst: string[]
  onlySecond: string[]
  differentShapes: string[]
  /** Where the experiments of both networks differ; empty where one of the files holds none. */
  settings: SettingDifference[]
}

/** A value of the experiment document that two networks do not share; null where one has none. */
export interface SettingDifference {
  path: string
  first: string | number | boolean | null
  second: string | number | boolean | null
}

/** One tensor of two checkpoints, looked at closely. */
export interface TensorComparison {
  name: string
  /** Second less first, in equal bins. */
  histogram: { min: number; max: number; counts: Uint32Array }
  /** Singular values, the largest first, of the first axis by all others; null of vectors and where they are refused. */
  spectra: { first: Float64Array; second: Float64Array; difference: Float64Array } | null
  /** Why there are no singular values of a matrix. */
  refused: ErrorMessage | null
}

export const exportFormats = ['safetensors', 'pth', 'nir', 'py', 'model.json', 'experiment.json'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** What was written, and what of the network the format cannot say. */
export interface ExportResult {
  path: string
  bytes: number
  notes: Phrase[]
}

/** Whether a network can look at the samples of a dataset; `problem` says why not. */
export interface DatasetFit {
  id: string
  problem: ErrorMessage | null
}

/** What a network made of all test samples, sample by sample. */
export interface FileEvaluationResult extends EvaluationResult {
  classes: string[]
  /** Class of each test sample, and what it was taken for. */
  labels: Uint8Array
  predictions: Uint8Array
  timeSteps: number
}

/** How far an evaluation is; at most five a second. */
export interface EvaluationProgress {
  job: string
  seen: number
  total: number
}

const path = z.string().min(1).max(4096)
const answers = fieldValues
const dataset = path
const split = z.enum(['train', 'test'])
const timeSteps = z.int().min(1).max(10000).nullable()
const index = z.int().min(0).max(4294967295)

export const checkpointRequests = {
  /** `dataset` gives the shape of the samples, where one is chosen. */
  'checkpoints.open': request<OpenedCheckpoint>()(z.strictObject({ path, dataset: dataset.nullable() })),
  'checkpoints.answer': request<NetworkSummary>()(
    z.strictObject({ path, answers, dataset: dataset.nullable() }),
  ),
  /** Every dataset of the workspace, and whether it fits. */
  'checkpoints.datasets': request<DatasetFit[]>()(z.strictObject({ path, answers })),
  /**
   * All test samples; `timeSteps` null as the network says. `checkpoints.progress` tells of it under the name `job`,
   * which the page chooses, and `checkpoints.cancel` ends it.
   */
  'checkpoints.evaluate': request<FileEvaluationResult>()(
    z.strictObject({ job, path, answers, dataset, timeSteps }),
  ),
  /** Ends an evaluation; it fails with `evaluation.cancelled`. Nothing where it has ended. */
  'checkpoints.cancel': request<null>()(z.strictObject({ job })),
  'checkpoints.trace': request<ActivityTrace>()(
    z.strictObject({ path, answers, dataset, timeSteps, split, index }),
  ),
  'checkpoints.compare': request<CheckpointComparison>()(z.strictObject({ first: path, second: path })),
  /** One tensor of both; others are answered while its singular values are computed. */
  'checkpoints.compareTensor': request<TensorComparison>()(
    z.strictObject({ first: path, second: path, tensor: z.string().max(4096) }),
  ),
  /** What the format cannot say of the network, before it is written. */
  'checkpoints.exportNotes': request<Phrase[]>()(
    z.strictObject({ path, answers, format: z.enum(exportFormats) }),
  ),
  /** Writes the network to `to`; fails with `export.exists` where that is there and may not be replaced. */
  'checkpoints.export': request<ExportResult>()(
    z.strictObject({ path, answers, format: z.enum(exportFormats), to: path, overwrite: z.boolean() }),
  ),
} as const
