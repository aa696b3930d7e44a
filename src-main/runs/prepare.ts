import type { StepMemory } from '../../src-shared/contract.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import { fitProblem, inferModel } from '../../src-shared/model/shapes.ts'
import { encodingTables } from '../../src-shared/encodingTables.ts'
import { inputShape } from '../../src-shared/sampleRoute.ts'
import { shapeProblem } from '../../src-shared/sampleProblems.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { requireTest, requireTraining, takeSubset } from '../datasets/subset.ts'
import { createExecutor } from '../engine/backends/index.ts'
import type { Executor } from '../engine/executor.ts'
import type { ScheduleSpec } from '../../src-shared/schedule.ts'
import { batchesPerEpoch, stepsPerEpoch, type BatchPlan } from '../training/batches.ts'
import type { BatchSource } from '../training/source.ts'
import { openSource, type StreamingOptions } from '../training/streaming/openSource.ts'
import { requireFitting } from './stepLimit.ts'

/** Where datasets are opened by their id or path. */
export interface DatasetOpener {
  open(idOrPath: string): Promise<Dataset>
}

/**
 * Throws `encoding.reads`, `transform.maps`, `model.input` or `model.classes` where an experiment does not fit a
 * dataset.
 */
export function requireFit(
  experiment: ExperimentDocument,
  dataset: Pick<Dataset, 'kind' | 'name' | 'shape' | 'classes'>,
): void {
  const { model, loss, encoding } = experiment
  const { reads, label } = encodingTables[encoding.kind]
  if (reads !== dataset.kind) {
    const [wanted, found] = [reads, dataset.kind].map((kind) => ({ phrase: `samples.${kind}` }) as const)
    throw new SpikedeskError('encoding.reads', { encoding: label, dataset: dataset.name, wanted, found })
  }
  const population = Number(loss.params.classes ?? 0)
  const shape = inputShape(experiment, dataset.shape)
  const problem =
    shapeProblem(experiment, dataset.shape) ??
    fitProblem(model, inferModel(model), shape, dataset.classes.length, population)
  if (problem) throw new SpikedeskError(problem.code, problem.data)
}

/** Opens the dataset of an experiment and takes its subset. Throws what is wrong with dataset or model. */
export async function openSubset(library: DatasetOpener, experiment: ExperimentDocument): Promise<Dataset> {
  const { id, subset, limit } = experiment.dataset
  const dataset = takeSubset(await library.open(id), subset, limit)
  requireFit(experiment, dataset)
  return dataset
}

/** How the training samples of an experiment are cut into batches. Throws `run.noBatches`. */
export function planBatches(experiment: ExperimentDocument, dataset: Dataset): BatchPlan {
  const { batchSize, dropLast, seed } = experiment
  const plan = { samples: dataset.train.count, batchSize, dropLast, seed }
  if (batchesPerEpoch(plan) > 0) return plan
  throw new SpikedeskError('run.noBatches', { count: dataset.train.count, batchSize })
}

/** What decides the learning rates of an experiment. */
export function scheduleOf(experiment: ExperimentDocument, plan: BatchPlan): ScheduleSpec {
  const { schedule, optimizer, epochs, accumulation } = experiment
  const learningRate = Number(optimizer.params.learningRate)
  const steps = stepsPerEpoch(batchesPerEpoch(plan), accumulation)
  return { ...schedule, learningRate, epochs, stepsPerEpoch: steps }
}

/** Everything that training needs. */
export interface Prepared {
  experiment: ExperimentDocument
  dataset: Dataset
  plan: BatchPlan
  schedule: ScheduleSpec
  /** In its initial state; the caller disposes of it. */
  executor: Executor
  /** What training takes besides its samples, as planned. */
  memory: StepMemory
  /** Its batches; the caller closes it. */
  source: BatchSource
}

/** What a run may take. */
export interface PrepareOptions {
  streaming?: StreamingOptions
  /** Bytes that the engine may take; no limit where left out. */
  limitBytes?: number
  /** Time steps that a run that goes on has kept together, 0 all of them; null where it may choose. */
  stretch?: number | null
}

/** Checks an experiment, opens its dataset, compiles it. Throws the first problem as one sentence. */
export async function prepare(
  library: DatasetOpener,
  experiment: ExperimentDocument,
  { streaming, limitBytes = Infinity, stretch = null }: PrepareOptions = {},
): Promise<Prepared> {
  const { program, memory } = requireFitting(experiment, limitBytes, stretch)
  const dataset = await openSubset(library, experiment)
  requireTraining(dataset)
  requireTest(dataset)
  const plan = planBatches(experiment, dataset)
  const executor = createExecutor(experiment.engine, program, experiment.threads)
  const schedule = scheduleOf(experiment, plan)
  return {
    experiment,
    dataset,
    plan,
    schedule,
    executor,
    memory,
    source: openSource(executor, dataset, experiment, streaming),
  }
}
