import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { continueRun, startRun } from '../../../src-main/runs/runJob.ts'
import { evaluateFile } from '../../../src-main/runs/fileNetwork.ts'
import { traceSample } from '../../../src-main/runs/trace.ts'
import { Workspace } from '../../../src-main/runs/workspace.ts'
import type { RunSummary } from '../../../src-shared/contract.ts'
import { deaf, scratchFolder, tinyExperiment, writeTinyDataset } from './tinyRun.ts'

const folder = scratchFolder()
let workspace: Workspace
let run: RunSummary
let dataset: string

beforeAll(async () => {
  workspace = Workspace.open(join(folder, 'workspace'), { lock: true })
  dataset = writeTinyDataset(join(folder, 'rows'))
  const experiment = tinyExperiment(dataset, { dataset: { id: dataset, subset: 2, limit: 0 } })
  run = await (await startRun(workspace, experiment, deaf)).finished
})
afterAll(() => workspace.close())

describe('a trace', () => {
  it('shows every spike and membrane of every layer, and what was predicted', async () => {
    const trace = await traceSample(workspace, run.id, 'test', 3)
    expect(trace).toMatchObject({ split: 'test', index: 3, shape: [1, 6, 6], label: 1, timeSteps: 6 })
    expect(trace.pixels).toHaveLength(36)
    expect(trace.layers.map(({ layer, neurons, threshold }) => [layer, neurons, threshold])).toEqual([
      ['lif1', 12, 1],
      ['lif2', 4, 1],
    ])
    for (const { neurons, spikes, membrane, threshold } of trace.layers) {
      expect([spikes.length, membrane.length]).toEqual([6 * neurons, 6 * neurons])
      const fired = Uint8Array.from(membrane, (value) => (value > threshold ? 1 : 0))
      expect(spikes).toEqual(fired)
    }
    const last = trace.layers[1].spikes
    const counts = [0, 1, 2, 3].map((k) => last.filter((_, i) => i % 4 === k).reduce((sum, s) => sum + s, 0))
    expect([...trace.counts]).toEqual(counts)
    expect(trace.prediction).toBe(counts.indexOf(Math.max(...counts)))
  })

  it('of all test samples agrees with the evaluation', async () => {
    const traces = []
    for (let i = 0; i < 20; i++) traces.push(await traceSample(workspace, run.id, 'test', i))
    const right = traces.filter(({ label, prediction }) => label === prediction).length
    expect(right / 20).toBe(run.lastTestAccuracy)
  })

  it('follows the newest checkpoint', async () => {
    const before = await traceSample(workspace, run.id, 'train', 0)
    await (
      await continueRun(workspace, run.id, 6, deaf)
    ).finished
    const after = await traceSample(workspace, run.id, 'train', 0)
    expect(after.layers[0].membrane).not.toEqual(before.layers[0].membrane)
    expect(await traceSample(workspace, run.id, 'train', 0)).toEqual(after)
  })

  it('of calls at the same time gives each its own', async () => {
    const traces = await Promise.all([0, 1, 2].map((i) => traceSample(workspace, run.id, 'train', i)))
    expect(traces.map(({ index }) => index)).toEqual([0, 1, 2])
    expect(traces[2]).toEqual(await traceSample(workspace, run.id, 'train', 2))
  })

  it('wants a sample that is there, of a run with a checkpoint', async () => {
    await expect(traceSample(workspace, run.id, 'test', 20)).rejects.toThrow(/Sample 20 is not there/)
    await expect(traceSample(workspace, 'none', 'test', 0)).rejects.toThrow(/No run is called "none"/)
    const other = await (await startRun(workspace, tinyExperiment(dataset, { epochs: 1 }), deaf)).finished
    rmSync(other.checkpoint ?? '')
    await expect(traceSample(workspace, other.id, 'test', 0)).rejects.toThrow(/has no usable checkpoint yet/)
  })
})

describe('the evaluation of a checkpoint', () => {
  const path = (epoch: number) =>
    join(workspace.folder, 'runs', run.id, 'checkpoints', `epoch-000${epoch}.safetensors`)

  it('takes the whole test split of a dataset', async () => {
    const { result } = await evaluateFile(path(3), dataset, workspace.datasets)
    expect(result.total).toBe(40)
    expect(result.confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(40)
    expect(result.accuracy).toBeGreaterThan(0.5)
  })

  it('takes other time steps, threads and engines', async () => {
    const options = { steps: 1, threads: 2, engine: 'reference' } as const
    const { result } = await evaluateFile(path(3), dataset, workspace.datasets, options)
    expect(result.loss).not.toBe((await evaluateFile(path(3), dataset, workspace.datasets)).result.loss)
  })

  it('says what does not fit', async () => {
    const { datasets } = workspace
    await expect(evaluateFile(path(3), 'digits', datasets)).rejects.toThrow(/takes images of 1×6×6/)
    await expect(evaluateFile(path(9), dataset, datasets)).rejects.toThrow(/0009.* does not exist/)
    await expect(evaluateFile(join(dataset, 't10k-images-idx3-ubyte'), dataset, datasets)).rejects.toThrow(
      /wanted is a checkpoint/,
    )
    await expect(evaluateFile(path(3), dataset, datasets, { steps: -1 })).rejects.toThrow(/Time steps is -1/)
  })
})
