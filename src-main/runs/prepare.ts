import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import { fitProblem, inferModel } from '../../src-shared/model/shapes.ts'
import type { ImageDataset } from '../datasets/dataset.ts'
import type { DatasetLibrary } from '../datasets/library.ts'
import { requireImages, requireTest, requireTraining, takeSubset } from '../datasets/subset.ts'
import { createExecutor } from '../engine/backends/index.ts'
import { compileExperiment } from '../engine/compile.ts'
import type { Executor } from '../engine/executor.ts'
import { batchesPerEpoch, type BatchPlan } from '../training/batches.ts'

/** Throws `model.input` or `model.classes` where a model does not fit a dataset. */
export function requireFit(experiment: ExperimentDocument, dataset: ImageDataset): void {
  const { model, loss } = experiment
  const population = Number(loss.params.classes ?? 0)
  const problem = fitProblem(model, inferModel(model), dataset.shape, dataset.classes.length, population)
  if (problem) throw new SpikedeskError(problem.code, problem.data)
}

/** Opens the dataset of an experiment and takes its subset. Throws what is wrong with dataset or model. */
export async function openSubset(
  library: DatasetLibrary,
  experiment: ExperimentDocument,
): Promise<ImageDataset> {
  const { id, subset, limit } = experiment.dataset
  const dataset = takeSubset(requireImages(await library.open(id)), subset, limit)
  requireFit(experiment, dataset)
  return dataset
}

/** How the training samples of an experiment are cut into batches. Throws `run.noBatches`. */
export function planBatches(experiment: ExperimentDocument, dataset: ImageDataset): BatchPlan {
  const { batchSize, dropLast, seed } = experiment
  const plan = { samples: dataset.train.count, batchSize, dropLast, seed }
  if (batchesPerEpoch(plan) > 0) return plan
  throw new SpikedeskError('run.noBatches', { count: dataset.train.count, batchSize })
}

/** Everything that training needs. */
export interface Prepared {
  experiment: ExperimentDocument
  dataset: ImageDataset
  plan: BatchPlan
  /** In its initial state, both splits bound; the caller disposes of it. */
  executor: Executor
}

/** Checks an experiment, opens its dataset, compiles it. Throws the first problem as one sentence. */
export async function prepare(library: DatasetLibrary, experiment: ExperimentDocument): Promise<Prepared> {
  const program = compileExperiment(experiment)
  const dataset = await openSubset(library, experiment)
  requireTraining(dataset)
  requireTest(dataset)
  const plan = planBatches(experiment, dataset)
  const executor = createExecutor(experiment.engine, program, experiment.threads)
  executor.bind('train', dataset.train)
  executor.bind('test', dataset.test)
  return { experiment, dataset, plan, executor }
}
