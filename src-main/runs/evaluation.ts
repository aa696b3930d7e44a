import type { EvaluationResult, Split } from '../../src-shared/contract.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { EngineId, ExperimentDocument } from '../../src-shared/experiment.ts'
import type { Answers } from '../../src-shared/importedNetwork.ts'
import { openCheckpointFile } from '../checkpoints/files/open.ts'
import { importNetwork } from '../checkpoints/networks/importNetwork.ts'
import type { ImportedNetwork } from '../checkpoints/networks/importedNetwork.ts'
import type { ImageDataset } from '../datasets/dataset.ts'
import type { DatasetLibrary } from '../datasets/library.ts'
import { requireImages, requireTest, requireTraining } from '../datasets/subset.ts'
import type { TrainingState } from '../engine/executor.ts'
import { evaluateSplit } from '../training/evaluate.ts'
import { openSubset, requireFit } from './prepare.ts'
import { newestCheckpoint } from './resumePoint.ts'
import { restore, stateWith } from './trainedNetwork.ts'
import type { Workspace } from './workspace.ts'

export interface EvaluateOptions {
  /** Time steps; as trained where left out. */
  steps?: number
  /** Worker threads; all cores where left out. */
  threads?: number
  /** As trained where left out. */
  engine?: EngineId
  /** To what the file leaves open. */
  answers?: Answers
}

function evaluate(
  experiment: ExperimentDocument,
  state: TrainingState,
  dataset: ImageDataset,
  split: Split,
): EvaluationResult {
  if (split === 'test') requireTest(dataset)
  else requireTraining(dataset)
  const executor = restore(experiment, state, dataset)
  try {
    return evaluateSplit(executor, dataset, split)
  } finally {
    executor.dispose()
  }
}

/** What a checkpoint of any program classified, and the network that was taken from it. */
export interface FileEvaluation {
  result: EvaluationResult
  /** With the steps, the threads and the engine of the evaluation. */
  experiment: ExperimentDocument
  network: ImportedNetwork
}

/**
 * Evaluates the network of a file of any format on all test samples of a dataset; what the file leaves open is as
 * answered, or as is usual. Throws what `openNetwork` and opening the dataset throw, and `model.input` or
 * `model.classes` where they do not fit.
 */
export async function evaluateFile(
  path: string,
  datasetIdOrPath: string,
  library: DatasetLibrary,
  options: EvaluateOptions = {},
): Promise<FileEvaluation> {
  // A wrong path of the checkpoint is told before a dataset is read.
  const file = openCheckpointFile(path)
  try {
    const dataset = requireImages(await library.open(datasetIdOrPath))
    const network = importNetwork(file, { answers: options.answers, sampleShape: dataset.shape })
    const trained = network.experiment
    const experiment: ExperimentDocument = {
      ...trained,
      timeSteps: options.steps ?? trained.timeSteps,
      threads: options.threads ?? trained.threads,
      engine: options.engine ?? trained.engine,
    }
    requireFit(experiment, dataset)
    const state = stateWith(experiment, network.parameters)
    return { result: evaluate(experiment, state, dataset, 'test'), experiment, network }
  } finally {
    file.close()
  }
}

/**
 * Evaluates a run's newest checkpoint on a split of its own dataset, of its own subset. Training samples are
 * coded with the streams of epoch 0, which training never takes. Throws `run.unknown`, `run.noCheckpoint`.
 */
export async function evaluateRun(
  workspace: Workspace,
  run: string,
  split: Split,
): Promise<EvaluationResult> {
  const { experiment, folder } = workspace.store.detail(run)
  const { found } = newestCheckpoint(folder, experiment)
  if (!found) throw new SpikedeskError('run.noCheckpoint', { run })
  const dataset = await openSubset(workspace.datasets, experiment)
  return evaluate(experiment, found.checkpoint.state, dataset, split)
}
