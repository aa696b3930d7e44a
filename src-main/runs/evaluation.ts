import type { EvaluationResult, Split } from '../../src-shared/contract.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { requireTest, requireTraining } from '../datasets/subset.ts'
import type { TrainingState } from '../engine/executor.ts'
import { evaluateSplit, type HearBatch } from '../training/evaluate.ts'
import { openSource } from '../training/streaming/openSource.ts'
import { openSubset } from './prepare.ts'
import { newestCheckpoint } from './resumePoint.ts'
import { restore } from './trainedNetwork.ts'
import type { Workspace } from './workspace.ts'

/** Evaluates a state on a split. Throws `dataset.noTest`, `dataset.noTraining` and what `restore` throws. */
export async function evaluateState(
  experiment: ExperimentDocument,
  state: TrainingState,
  dataset: Dataset,
  split: Split,
  hear?: HearBatch,
): Promise<EvaluationResult> {
  if (split === 'test') requireTest(dataset)
  else requireTraining(dataset)
  const executor = restore(experiment, state)
  try {
    const source = openSource(executor, dataset, experiment)
    try {
      return await evaluateSplit(executor, source, split, hear)
    } finally {
      source.close()
    }
  } finally {
    executor.dispose()
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
  return evaluateState(experiment, found.checkpoint.state, dataset, split)
}
