import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import { startPlateau } from '../../src-shared/schedule.ts'
import { batchesPerEpoch } from '../training/batches.ts'
import { startPosition } from '../training/position.ts'
import { isActive } from '../training/states.ts'
import { defaultStreaming } from '../training/streaming/openSource.ts'
import { prepare, type Prepared, type PrepareOptions } from './prepare.ts'
import { newestCheckpoint, type FoundCheckpoint } from './resumePoint.ts'
import { latestCheckpointPath, removeLatestCheckpoint, writeRunFile } from './runFolder.ts'
import { firstCheckpoint } from './firstCheckpoint.ts'
import { RunSession, type RunJob, type RunListener } from './runSession.ts'
import { readSettings } from './settings.ts'
import type { RunFacts } from './store.ts'
import { limitBytesOf } from './stepLimit.ts'
import { takeWeights, type StartingWeights } from './startingWeights.ts'
import { runVersions } from './versions.ts'
import type { Workspace } from './workspace.ts'

export type { RunJob, RunListener } from './runSession.ts'

export interface RunOptions {
  /** Seconds between two checkpoints inside an epoch; 300 where left out. */
  checkpointSeconds?: number
  /** MiB for batches made ahead; the setting of the workspace where left out. */
  memory?: number
  /** MiB that the engine may take, 0 for three quarters of the machine; the setting of the workspace where left out. */
  stepMemory?: number
  /** What the weights are at first; drawn from the seed where left out. */
  weights?: StartingWeights
}

const defaultCheckpointSeconds = 300

function factsOf({ experiment, dataset, plan, executor }: Prepared, name: string): RunFacts {
  return {
    name,
    experiment,
    datasetName: dataset.name,
    datasetChecksum: dataset.checksum,
    device: executor.device,
    threads: executor.threads,
    versions: runVersions(),
    batchesPerEpoch: batchesPerEpoch(plan),
  }
}

/** What a run of a workspace may take. */
function limitsOf({ folder }: Workspace, { memory, stepMemory }: RunOptions): PrepareOptions {
  const settings = readSettings(folder)
  return {
    streaming: { ...defaultStreaming(), memory: memory ?? settings.memory },
    limitBytes: limitBytesOf(stepMemory ?? settings.stepMemory),
  }
}

/** Gives the executor back where what follows its making fails. */
function disposingOnError<Result>({ executor, source }: Prepared, work: () => Result): Result {
  try {
    return work()
  } catch (thrown) {
    source.close()
    executor.dispose()
    throw thrown
  }
}

/**
 * Starts a new run. Rejects with one sentence, and leaves nothing behind, where experiment, dataset or engine
 * cannot be used; what goes wrong later ends the run as `failed`.
 */
export async function startRun(
  workspace: Workspace,
  experiment: ExperimentDocument,
  listener: RunListener,
  options: RunOptions = {},
): Promise<RunJob> {
  const prepared = await prepare(workspace.datasets, experiment, limitsOf(workspace, options))
  return disposingOnError(prepared, () => {
    if (options.weights) takeWeights(prepared.executor, options.weights)
    const detail = workspace.store.create(factsOf(prepared, experiment.name))
    writeRunFile(detail)
    if (options.weights) firstCheckpoint(workspace.store, detail, prepared, options.weights)
    const checkpointSeconds = options.checkpointSeconds ?? defaultCheckpointSeconds
    const position = startPosition(startPlateau(prepared.schedule))
    const start = { position, losses: 0, history: [], checkpointSeconds }
    listener.changed(detail)
    return new RunSession(workspace, detail, prepared, start, listener)
  })
}

function requireUnfinished(run: string, state: string, epochs: number, found: FoundCheckpoint | null): void {
  const complete = found?.checkpoint.epoch ?? 0
  const killedAtTheEnd = complete === epochs && state === 'interrupted'
  if (complete < epochs || killedAtTheEnd) return
  throw new SpikedeskError('run.complete', { run, found: complete })
}

/**
 * Goes on with a run that has ended, from its newest good checkpoint up to `epochs` in all, bit for bit as if it
 * had never stopped; without a checkpoint, from the start. What was recorded after the checkpoint is forgotten.
 * Rejects with `run.active`, `run.complete`, `run.datasetChanged`, or what `startRun` rejects with.
 */
export async function continueRun(
  workspace: Workspace,
  run: string,
  epochs: number,
  listener: RunListener,
  options: RunOptions = {},
): Promise<RunJob> {
  const { store } = workspace
  const before = store.detail(run)
  if (isActive(before.state))
    throw new SpikedeskError('run.active', { run, state: { phrase: `state.${before.state}` } })
  const experiment = { ...before.experiment, epochs }
  const { found, bad } = newestCheckpoint(before.folder, experiment)
  requireUnfinished(run, before.state, epochs, found)
  const limits = { ...limitsOf(workspace, options), stretch: found?.checkpoint.stretch ?? null }
  const prepared = await prepare(workspace.datasets, experiment, limits)
  return disposingOnError(prepared, () => {
    const { executor, dataset } = prepared
    if (dataset.checksum !== before.datasetChecksum) {
      const [wanted, changed] = [before.datasetChecksum, dataset.checksum].map((sum) => sum.slice(0, 12))
      throw new SpikedeskError('run.datasetChanged', { run, dataset: dataset.name, wanted, found: changed })
    }
    if (found) executor.writeState(found.checkpoint.state)
    for (const { path, error } of bad) store.note(run, 'checkpoint.unusable', { path, error })
    const { epoch, batch, sums, plateau, history } = found?.checkpoint ?? {
      ...startPosition(startPlateau(prepared.schedule)),
      history: [],
    }
    const losses = epoch * batchesPerEpoch(prepared.plan) + batch
    if (found?.path !== latestCheckpointPath(before.folder)) removeLatestCheckpoint(before.folder)
    const from = { epoch, batch, losses, checkpoint: found?.path ?? null }
    const detail = store.reopen(run, from, factsOf(prepared, before.name))
    writeRunFile(detail)
    const checkpointSeconds = options.checkpointSeconds ?? defaultCheckpointSeconds
    const position = { epoch, batch, sums, plateau: plateau ?? startPlateau(prepared.schedule) }
    const start = { position, losses, history, checkpointSeconds }
    listener.changed(detail)
    return new RunSession(workspace, detail, prepared, start, listener)
  })
}
