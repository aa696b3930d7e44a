import { defaultLoss } from '../../../src-shared/lossTables.ts'
import { existsSync, readFileSync, readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCheckpoint } from '../../../src-main/checkpoints/checkpoint.ts'
import { findBackend } from '../../../src-main/engine/backends/index.ts'
import { continueRun, startRun, type RunJob } from '../../../src-main/runs/runJob.ts'
import { Workspace } from '../../../src-main/runs/workspace.ts'
import type { EpochRecord, MetricsEvent, RunSummary } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { ExperimentDocument } from '../../../src-shared/experiment.ts'
import { deaf, scratchFolder, tinyExperiment, writeTinyDataset } from './tinyRun.ts'

const folder = scratchFolder()
let workspace: Workspace
let dataset: string
let experiment: ExperimentDocument
let straight: RunSummary

function checkpointOf(id: string, epoch: number): string {
  return join(workspace.folder, 'runs', id, 'checkpoints', `epoch-000${epoch}.safetensors`)
}

function lossesOf(id: string): Float32Array {
  return workspace.store.history(id).losses
}

async function finish(changes: Partial<ExperimentDocument> = {}): Promise<RunSummary> {
  return (await startRun(workspace, { ...experiment, ...changes }, deaf)).finished
}

function expectSame(run: string, other: string): void {
  for (const epoch of [1, 2, 3]) {
    const same = readFileSync(checkpointOf(run, epoch)).equals(readFileSync(checkpointOf(other, epoch)))
    expect({ epoch, same }).toEqual({ epoch, same: true })
  }
  expect(lossesOf(run)).toEqual(lossesOf(other))
}

/** Starts a run that is stopped at its first metrics, or after a complete epoch. */
async function startAndStop(when: 'metrics' | number): Promise<RunJob> {
  const job: RunJob = await startRun(workspace, experiment, {
    ...deaf,
    metrics() {
      if (when === 'metrics') job.stop()
    },
    epoch(_run, { epoch }) {
      if (when === epoch) job.stop()
    },
  })
  return job
}

beforeAll(async () => {
  workspace = Workspace.open(join(folder, 'workspace'), { lock: true })
  dataset = writeTinyDataset(join(folder, 'rows'))
  experiment = tinyExperiment(dataset)
  straight = await finish()
})
afterAll(() => workspace.close())

describe('a run', () => {
  it('learns, and leaves its history and one checkpoint an epoch', () => {
    const { losses, epochs } = workspace.store.history(straight.id)
    expect(straight).toMatchObject({ state: 'done', epoch: 3, batch: 10, error: null, checkpointEpoch: 3 })
    expect(losses).toHaveLength(30)
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3])
    expect(epochs[2].trainLoss).toBeLessThan(0.8 * epochs[0].trainLoss)
    const firstEpoch = losses.subarray(0, 10).reduce((sum, loss) => sum + loss, 0) / 10
    expect(epochs[0].trainLoss).toBeCloseTo(firstEpoch, 5)
    expect(epochs.every(({ firingRates }) => firingRates.every((rate) => rate > 0 && rate < 1))).toBe(true)
    const best = Math.max(...epochs.map(({ testAccuracy }) => testAccuracy))
    expect(straight.bestTestAccuracy).toBe(best)
    expect(straight.bestEpoch).toBe(epochs.find(({ testAccuracy }) => testAccuracy === best)?.epoch)
    expect(straight.lastTestAccuracy).toBe(epochs[2].testAccuracy)
    expect(straight.checkpoint).toBe(checkpointOf(straight.id, 3))
    expect(readdirSync(join(workspace.folder, 'runs', straight.id, 'checkpoints')).sort()).toEqual(
      [1, 2, 3].map((epoch) => `epoch-000${epoch}.safetensors`),
    )
  })

  it('carries everything that it can be repeated from', () => {
    const file = JSON.parse(
      readFileSync(join(workspace.folder, 'runs', straight.id, 'run.json'), 'utf8'),
    ) as Record<string, unknown>
    const { datasetChecksum } = workspace.store.detail(straight.id)
    expect(datasetChecksum).toMatch(/^[0-9a-f]{64}$/)
    expect(file).toMatchObject({
      id: straight.id,
      seed: 5,
      engine: 'reference',
      threads: 1,
      device: straight.device,
      versions: { spikedesk: expect.stringMatching(/^\d+\.\d+\.\d+/), node: process.versions.node },
      dataset: { checksum: datasetChecksum },
      experiment,
    })
  })

  it('gives equal files when it is repeated, and others with another seed', async () => {
    expectSame((await finish()).id, straight.id)
    const other = await finish({ seed: 6 })
    expect(lossesOf(other.id)).not.toEqual(lossesOf(straight.id))
  })

  const available = (['reference', 'native'] as const).filter((id) => findBackend(id).unavailable() === null)
  it.each(available)('gives equal files for one thread and two on the %s engine', async (engine) => {
    expectSame((await finish({ engine, threads: 1 })).id, (await finish({ engine, threads: 2 })).id)
  })

  it('tells the listener nothing that is not written down', async () => {
    const heard: string[] = []
    let steps = 0
    const job = await startRun(workspace, experiment, {
      changed({ id, state }) {
        heard.push(state)
        expect(workspace.store.summary(id).state).toBe(state)
      },
      metrics({ run, firstStep, losses }: MetricsEvent) {
        expect(firstStep).toBe(steps)
        steps += losses.length
        expect(lossesOf(run).subarray(firstStep, steps)).toEqual(losses)
      },
      epoch(run: string, record: EpochRecord) {
        expect(workspace.store.history(run).epochs.at(-1)).toEqual(record)
        expect(existsSync(checkpointOf(run, record.epoch))).toBe(true)
      },
    })
    await job.finished
    expect(steps).toBe(30)
    expect(heard.filter((state, i) => state !== heard[i - 1])).toEqual(['preparing', 'running', 'done'])
  })
})

describe('pause, resume and stop', () => {
  it('holds with a checkpoint and goes on bit for bit', async () => {
    const states: string[] = []
    let held = 0
    const job: RunJob = await startRun(workspace, experiment, {
      ...deaf,
      changed({ state, checkpoint }) {
        if (state !== states.at(-1)) states.push(state)
        if (state !== 'paused') return
        held++
        expect(readCheckpoint(checkpoint ?? '').step).toBe(lossesOf(job.id).length)
        setImmediate(() => job.resume())
      },
      metrics: () => job.pause(),
    })
    expect((await job.finished).state).toBe('done')
    expect(held).toBeGreaterThan(0)
    expect(states.slice(0, 5)).toEqual(['preparing', 'running', 'pausing', 'paused', 'running'])
    expectSame(job.id, straight.id)
  })

  it('stops with a checkpoint from which it goes on bit for bit', async () => {
    for (const when of ['metrics', 1, 2] as const) {
      const job = await startAndStop(when)
      const stopped = await job.finished
      expect(stopped.state).toBe('stopped')
      expect(stopped.checkpoint).not.toBeNull()
      const step = readCheckpoint(stopped.checkpoint ?? '').step
      expect(lossesOf(job.id)).toHaveLength(step)
      const again = await continueRun(workspace, job.id, 3, deaf)
      expect((await again.finished).state).toBe('done')
      expectSame(job.id, straight.id)
    }
  })

  it('goes on bit for bit under another limit of memory, in the stretches of steps that it began with', async () => {
    const slow = { engine: 'native', recompute: 'automatic', timeSteps: 2000, batchSize: 50 } as const
    const long = { ...experiment, ...slow }
    const little = { stepMemory: 6 }
    const wanted = await (await startRun(workspace, long, deaf, little)).finished
    const job: RunJob = await startRun(workspace, long, { ...deaf, metrics: () => job.stop() }, little)
    const { checkpoint } = await job.finished
    expect(job.stretch).toBeGreaterThan(1)
    expect(readCheckpoint(checkpoint ?? '').stretch).toBe(job.stretch)
    const again = await continueRun(workspace, job.id, 3, deaf, { stepMemory: 100 })
    expect(again.stretch).toBe(job.stretch)
    expect((await again.finished).state).toBe('done')
    expectSame(job.id, wanted.id)
    await expect(continueRun(workspace, job.id, 4, deaf, { stepMemory: 1 })).rejects.toThrow(
      new RegExp(`^Going on with this run needs \\d+ MiB, .* with ${job.stretch} time steps kept together`),
    )
  })

  it('stops before its first batch and out of a pause', async () => {
    const early = await startRun(workspace, experiment, deaf)
    early.stop()
    expect((await early.finished).state).toBe('stopped')
    const job: RunJob = await startRun(workspace, experiment, {
      ...deaf,
      changed: ({ state }) => {
        if (state === 'paused') job.stop()
      },
    })
    job.pause()
    expect((await job.finished).state).toBe('stopped')
    await (
      await continueRun(workspace, job.id, 3, deaf)
    ).finished
    expectSame(job.id, straight.id)
  })

  it('passes over wishes that come too late', async () => {
    const job = await startRun(workspace, experiment, deaf)
    await job.finished
    job.pause()
    job.resume()
    job.stop()
    expect(workspace.store.summary(job.id).state).toBe('done')
  })
})

describe('going on with a run', () => {
  it('that is done trains more epochs, as if it had been asked for from the start', async () => {
    const short = await finish({ epochs: 1 })
    const job = await continueRun(workspace, short.id, 3, deaf)
    expect(await job.finished).toMatchObject({ state: 'done', epoch: 3, epochs: 3 })
    expect(readFileSync(checkpointOf(short.id, 3)).equals(readFileSync(checkpointOf(straight.id, 3)))).toBe(
      true,
    )
    expect(lossesOf(short.id)).toEqual(lossesOf(straight.id))
  })

  it('wants more epochs than there are, and an ended run', async () => {
    await expect(continueRun(workspace, straight.id, 3, deaf)).rejects.toThrow(/already has 3 epochs/)
    await expect(continueRun(workspace, 'none', 3, deaf)).rejects.toThrow(/No run is called "none"/)
    const job = await startRun(workspace, experiment, deaf)
    await expect(continueRun(workspace, job.id, 9, deaf)).rejects.toThrow(/is preparing; stop it first/)
    await job.finished
  })

  it('takes the checkpoint before where the newest is damaged, and the start where all are', async () => {
    const run = await finish({ epochs: 2 })
    truncateSync(checkpointOf(run.id, 2), 1000)
    await (
      await continueRun(workspace, run.id, 3, deaf)
    ).finished
    expect(lossesOf(run.id)).toEqual(lossesOf(straight.id))
    expect(readFileSync(checkpointOf(run.id, 3)).equals(readFileSync(checkpointOf(straight.id, 3)))).toBe(
      true,
    )
    const kinds = workspace.store.events(run.id).map(({ kind }) => kind)
    expect(kinds).toContain('checkpoint.unusable')

    const other = await finish({ epochs: 1 })
    writeFileSync(checkpointOf(other.id, 1), 'gone')
    await (
      await continueRun(workspace, other.id, 3, deaf)
    ).finished
    expectSame(other.id, straight.id)
  })

  it('does not take the checkpoint of another experiment', async () => {
    const run = await finish({ epochs: 1 })
    const other = await finish({ epochs: 2, seed: 9 })
    writeFileSync(checkpointOf(run.id, 2), readFileSync(checkpointOf(other.id, 2)))
    await (
      await continueRun(workspace, run.id, 3, deaf)
    ).finished
    expect(lossesOf(run.id)).toEqual(lossesOf(straight.id))
    expect(readFileSync(checkpointOf(run.id, 3)).equals(readFileSync(checkpointOf(straight.id, 3)))).toBe(
      true,
    )
  })

  it('refuses a dataset that has changed', async () => {
    const path = writeTinyDataset(join(folder, 'changing'))
    const run = await finish({ dataset: { id: path, subset: 1, limit: 0 }, epochs: 1 })
    writeTinyDataset(path, 149)
    await expect(continueRun(workspace, run.id, 2, deaf)).rejects.toThrow(
      /trained on another state of dataset/,
    )
    expect(workspace.store.summary(run.id).state).toBe('done')
  })
})

describe('what cannot be trained', () => {
  const refused = async (changes: Partial<ExperimentDocument>): Promise<string> => {
    const before = workspace.store.list().length
    const error = await startRun(workspace, { ...experiment, ...changes }, deaf).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(SpikedeskError)
    expect(workspace.store.list()).toHaveLength(before)
    return (error as SpikedeskError).message
  }

  it('is refused in one sentence, and leaves no run behind', async () => {
    expect(await refused({ timeSteps: -3 })).toMatch(/Time steps is -3/)
    expect(await refused({ dataset: { id: 'nothing', subset: 1, limit: 0 } })).toMatch(/No dataset is called/)
    expect(await refused({ dataset: { id: 'digits', subset: 1, limit: 0 } })).toMatch(/takes images of 1×6×6/)
    expect(await refused({ batchSize: 500, dropLast: true })).toMatch(/make no batch: there are 150/)
    const model = structuredClone(experiment.model)
    model.layers[3].params.outputs = 7
    expect(await refused({ model })).toMatch(/has 7 outputs, but the dataset has 4 classes/)
  })

  it('fails with its sentence where the loss is not finite, and keeps the last good checkpoint', async () => {
    const wild = {
      kind: 'sgd',
      params: { learningRate: 10, momentum: 0.999999, nesterov: false, weightDecay: 1 },
    }
    const job = await startRun(
      workspace,
      {
        ...experiment,
        loss: defaultLoss('ce_membrane_sum'),
        encoding: { kind: 'constant', params: { gain: 1000, offset: 1000 } },
        optimizer: wild as ExperimentDocument['optimizer'],
        epochs: 2000,
      },
      deaf,
    )
    const summary = await job.finished
    expect(summary).toMatchObject({ state: 'failed', error: { code: 'engine.notFinite' } })
    expect(workspace.store.summary(job.id)).toMatchObject({ state: 'failed', error: summary.error })
    if (summary.checkpoint) {
      const { parameters: kept } = readCheckpoint(summary.checkpoint).state
      expect(kept.every(({ data }) => data.every(Number.isFinite))).toBe(true)
    }
  })
})
