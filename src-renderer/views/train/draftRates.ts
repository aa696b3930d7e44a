import type { ExperimentDocument } from '../../../src-shared/experiment.ts'
import { rateCurve, type RatePoint } from '../../../src-shared/schedule.ts'

/** Steps of an epoch where the dataset is not known: enough for a curve. */
const someSteps = 100

/**
 * The learning rates of a run of an experiment that has no problems.
 *
 * @param samples training samples of its dataset; null where it is not known
 */
export function draftRates(
  { schedule, optimizer, dataset, epochs, batchSize, dropLast, accumulation }: ExperimentDocument,
  samples: number | null,
): { points: RatePoint[]; epochs: number } {
  const part = samples === null ? null : Math.floor(samples / dataset.subset)
  const taken = part === null ? null : dataset.limit > 0 ? Math.min(part, dataset.limit) : part
  const batches = taken === null ? someSteps : (dropLast ? Math.floor : Math.ceil)(taken / batchSize)
  const stepsPerEpoch = Math.max(1, Math.ceil(batches / accumulation))
  const learningRate = Number(optimizer.params.learningRate)
  return { points: rateCurve({ ...schedule, learningRate, epochs, stepsPerEpoch }), epochs }
}
