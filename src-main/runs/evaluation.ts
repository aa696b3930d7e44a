import type { EvaluationResult } from '../../src-shared/contract.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { requireTest } from '../datasets/subset.ts'
import type { TrainingState } from '../engine/executor.ts'
import { evaluateSplit, type HearBatch } from '../training/evaluate.ts'
import { openSource } from '../training/streaming/openSource.ts'
import { restore } from './trainedNetwork.ts'

/** Evaluates a state on all test samples. Throws `dataset.noTest` and what `restore` throws. */
export async function evaluateState(
  experiment: ExperimentDocument,
  state: TrainingState,
  dataset: Dataset,
  hear?: HearBatch,
): Promise<EvaluationResult> {
  requireTest(dataset)
  const executor = restore(experiment, state)
  try {
    const source = openSource(executor, dataset, experiment)
    try {
      return await evaluateSplit(executor, source, 'test', hear)
    } finally {
      source.close()
    }
  } finally {
    executor.dispose()
  }
}
