import type { ActivityTrace, EvaluationResult, Split } from '../../src-shared/contract.ts'
import type { EngineId, ExperimentDocument } from '../../src-shared/experiment.ts'
import type { Answers } from '../../src-shared/importedNetwork.ts'
import { openCheckpointFile } from '../checkpoints/files/open.ts'
import { importNetwork, loadParameters } from '../checkpoints/networks/importNetwork.ts'
import type { ImportedNetwork } from '../checkpoints/networks/importedNetwork.ts'
import type { Dataset } from '../datasets/dataset.ts'
import type { DatasetLibrary } from '../datasets/library.ts'
import type { Executor } from '../engine/executor.ts'
import type { HearBatch } from '../training/evaluate.ts'
import { bindImages } from '../training/streaming/openSource.ts'
import { evaluateState } from './evaluation.ts'
import { requireFit } from './prepare.ts'
import { traceOf } from './trace.ts'
import { restore, stateWith } from './trainedNetwork.ts'

/** What the network of a checkpoint file of any program does with a dataset. */

export interface FileOptions {
  /** Time steps; as trained where left out. */
  steps?: number
  /** Worker threads; all cores where left out. */
  threads?: number
  /** As trained where left out. */
  engine?: EngineId
  /** To what the file leaves open. */
  answers?: Answers
}

/** A network of a file, and the samples it is to see. */
export interface FileNetwork {
  network: ImportedNetwork
  dataset: Dataset
  /** With the steps, the threads and the engine that were asked for. */
  experiment: ExperimentDocument
}

/**
 * Opens a file and a dataset that fit each other; what the file leaves open is as answered, or as is usual. Throws
 * what `openCheckpointFile`, `importNetwork` and opening the dataset throw, and `model.input` or `model.classes`.
 */
export async function openFileNetwork(
  path: string,
  datasetIdOrPath: string,
  library: DatasetLibrary,
  options: FileOptions = {},
): Promise<FileNetwork> {
  const file = openCheckpointFile(path)
  try {
    const dataset = await library.open(datasetIdOrPath)
    const network = importNetwork(file, { answers: options.answers, sampleShape: dataset.shape })
    const trained = network.experiment
    const experiment: ExperimentDocument = {
      ...trained,
      timeSteps: options.steps ?? trained.timeSteps,
      threads: options.threads ?? trained.threads,
      engine: options.engine ?? trained.engine,
    }
    requireFit(experiment, dataset)
    loadParameters(file, network)
    return { network, dataset, experiment }
  } finally {
    file.close()
  }
}

/** Does something with an executor that holds the network's weights. */
export function withExecutor<Result>(
  { experiment, network, dataset }: FileNetwork,
  work: (executor: Executor) => Result,
): Result {
  const executor = restore(experiment, stateWith(experiment, network.parameters))
  try {
    bindImages(executor, dataset, experiment)
    return work(executor)
  } finally {
    executor.dispose()
  }
}

/** What a checkpoint of any program classified, and the network that was taken from it. */
export interface FileEvaluation extends FileNetwork {
  result: EvaluationResult
}

/**
 * Evaluates the network of a file on all test samples of a dataset. Throws what `openFileNetwork` throws, and what
 * `hear` throws.
 */
export async function evaluateFile(
  path: string,
  datasetIdOrPath: string,
  library: DatasetLibrary,
  options: FileOptions = {},
  hear?: HearBatch,
): Promise<FileEvaluation> {
  const found = await openFileNetwork(path, datasetIdOrPath, library, options)
  const state = stateWith(found.experiment, found.network.parameters)
  return { ...found, result: await evaluateState(found.experiment, state, found.dataset, hear) }
}

/** Every spike and membrane of the network of a file on one sample. Throws also `sample.range`. */
export async function traceFile(
  path: string,
  datasetIdOrPath: string,
  library: DatasetLibrary,
  sample: { split: Split; index: number },
  options: FileOptions = {},
): Promise<ActivityTrace> {
  const opened = await openFileNetwork(path, datasetIdOrPath, library, { threads: 1, ...options })
  const found = { ...opened, experiment: { ...opened.experiment, batchSize: 1 } }
  return withExecutor(found, (executor) => traceOf({ ...found, executor }, sample.split, sample.index))
}
