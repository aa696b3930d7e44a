import type { EvaluationResult, Split } from '../../src-shared/contract.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { EngineId, ExperimentDocument } from '../../src-shared/experiment.ts'
import { readCheckpoint, type Checkpoint } from '../checkpoints/checkpoint.ts'
import type { ImageDataset } from '../datasets/dataset.ts'
import type { DatasetLibrary } from '../datasets/library.ts'
import { requireImages, requireTest, requireTraining } from '../datasets/subset.ts'
import { evaluateSplit } from '../training/evaluate.ts'
import { openSubset, requireFit } from './prepare.ts'
import { newestCheckpoint } from './resumePoint.ts'
import { restore } from './trainedNetwork.ts'
import type { Workspace } from './workspace.ts'

export interface EvaluateOptions {
  /** Time steps; as trained where left out. */
  steps?: number
  /** Worker threads; all cores where left out. */
  threads?: number
  /** As trained where left out. */
  engine?: EngineId
}

function evaluate(
  experiment: ExperimentDocument,
  checkpoint: Checkpoint,
  dataset: ImageDataset,
  split: Split,
): EvaluationResult {
  if (split === 'test') requireTest(dataset)
  else requireTraining(dataset)
  const executor = restore(experiment, checkpoint, dataset)
  try {
    return evaluateSplit(executor, dataset, split)
  } finally {
    executor.dispose()
  }
}

/**
 * Evaluates a checkpoint on all test samples of a dataset. Throws what `readCheckpoint` and opening the dataset
 * throw, and `model.input` or `model.classes` where they do not fit.
 */
export async function evaluateCheckpoint(
  path: string,
  datasetIdOrPath: string,
  library: DatasetLibrary,
  options: EvaluateOptions = {},
): Promise<EvaluationResult> {
  const checkpoint = readCheckpoint(path)
  const trained = checkpoint.experiment
  const experiment: ExperimentDocument = {
    ...trained,
    timeSteps: options.steps ?? trained.timeSteps,
    threads: options.threads ?? trained.threads,
    engine: options.engine ?? trained.engine,
  }
  const dataset = requireImages(await library.open(datasetIdOrPath))
  requireFit(experiment, dataset)
  return evaluate(experiment, checkpoint, dataset, 'test')
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
  return evaluate(experiment, found.checkpoint, dataset, split)
}
