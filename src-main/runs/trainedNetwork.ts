import { statSync } from 'node:fs'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import type { Checkpoint } from '../checkpoints/checkpoint.ts'
import type { Dataset } from '../datasets/dataset.ts'
import { createExecutor } from '../engine/backends/index.ts'
import { compileExperiment } from '../engine/compile.ts'
import type { Executor, NamedTensor, TrainingState } from '../engine/executor.ts'
import { initialState } from '../engine/initialise.ts'
import { bindImages } from '../training/streaming/openSource.ts'
import { openSubset } from './prepare.ts'
import { newestCheckpoint } from './resumePoint.ts'
import { epochCheckpoints, latestCheckpointPath } from './runFolder.ts'
import type { Workspace } from './workspace.ts'

/** A network in the state of a checkpoint, and the samples it sees. */
export interface TrainedNetwork {
  experiment: ExperimentDocument
  checkpoint: Checkpoint
  dataset: Dataset
  executor: Executor
}

/** An executor in the given state. Throws what compiling and `writeState` throw. */
export function restore(experiment: ExperimentDocument, state: TrainingState): Executor {
  const executor = createExecutor(experiment.engine, compileExperiment(experiment), experiment.threads)
  try {
    executor.writeState(state)
    return executor
  } catch (thrown) {
    executor.dispose()
    throw thrown
  }
}

/** A state with given parameters, whose optimizer has not begun. Throws what compiling throws. */
export function stateWith(experiment: ExperimentDocument, parameters: NamedTensor[]): TrainingState {
  return { ...initialState(compileExperiment(experiment)), parameters }
}

/** Changes whenever the newest checkpoint does. */
function fingerprint(folder: string): string {
  const candidates = [latestCheckpointPath(folder), ...epochCheckpoints(folder).slice(0, 1)]
  const marks = candidates.map((path) => {
    const stats = statSync(path, { throwIfNoEntry: false })
    return stats ? `${path} ${stats.mtimeMs} ${stats.size}` : ''
  })
  return marks.join('\n')
}

interface Kept {
  key: string
  network: TrainedNetwork
}

/** The network that was looked at last, of every open workspace. */
const kept = new WeakMap<Workspace, Kept>()

function forget(workspace: Workspace): void {
  kept.get(workspace)?.network.executor.dispose()
  kept.delete(workspace)
}

function keep(workspace: Workspace, key: string, network: TrainedNetwork): TrainedNetwork {
  if (!kept.has(workspace)) workspace.atClose(() => forget(workspace))
  forget(workspace)
  kept.set(workspace, { key, network })
  return network
}

/**
 * Does something, in one go, with the network of a run's newest good checkpoint, for one sample at a time. It is
 * kept for the next call. Throws `run.unknown`, `run.noCheckpoint`, and what opening the dataset throws.
 */
export async function withTrainedNetwork<Result>(
  workspace: Workspace,
  run: string,
  work: (network: TrainedNetwork) => Result,
): Promise<Result> {
  const detail = workspace.store.detail(run)
  const experiment = { ...detail.experiment, batchSize: 1, threads: 1 }
  const dataset = await openSubset(workspace.datasets, experiment)
  const key = `${dataset.checksum}\n${fingerprint(detail.folder)}`
  const last = kept.get(workspace)
  if (last?.key === key) return work(last.network)
  const { found } = newestCheckpoint(detail.folder, detail.experiment)
  if (!found) throw new SpikedeskError('run.noCheckpoint', { run })
  const { checkpoint } = found
  const executor = restore(experiment, checkpoint.state)
  bindImages(executor, dataset, experiment)
  return work(keep(workspace, key, { experiment, checkpoint, dataset, executor }))
}
