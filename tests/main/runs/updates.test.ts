import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCheckpoint } from '../../../src-main/checkpoints/checkpoint.ts'
import { findBackend } from '../../../src-main/engine/backends/index.ts'
import { continueRun, startRun, type RunJob } from '../../../src-main/runs/runJob.ts'
import { Workspace } from '../../../src-main/runs/workspace.ts'
import type { ExperimentDocument } from '../../../src-shared/experiment.ts'
import { optimizerTables } from '../../../src-shared/experimentFields.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { scheduleTables } from '../../../src-shared/scheduleTables.ts'
import { deaf, scratchFolder, tinyExperiment, writeTinyDataset } from './tinyRun.ts'

const folder = scratchFolder()
let workspace: Workspace
let experiment: ExperimentDocument

beforeAll(() => {
  workspace = Workspace.open(join(folder, 'workspace'), { lock: true })
  // Ten batches an epoch: three steps of three, and one of what is left.
  const training: Partial<ExperimentDocument> = {
    accumulation: 3,
    clipping: { kind: 'norm', params: { most: 0.02 } },
    regularisers: [{ kind: 'target_rate', params: { strength: 0.1, target: 0.2 }, layers: ['lif1'] }],
  }
  experiment = tinyExperiment(writeTinyDataset(join(folder, 'rows')), training)
})
afterAll(() => workspace.close())

const engines = (['reference', 'native'] as const).filter((id) => findBackend(id).unavailable() === null)

const plateau: Partial<ExperimentDocument> = {
  optimizer: {
    kind: 'rmsprop',
    params: { ...defaultValues(optimizerTables.rmsprop.fields), centered: true, momentum: 0.5 },
  },
  schedule: {
    kind: 'plateau',
    // Nothing is ever this much better.
    params: { ...defaultValues(scheduleTables.plateau.fields), patience: 0, threshold: 1, factor: 0.5 },
  },
}
const cycle: Partial<ExperimentDocument> = {
  optimizer: { kind: 'adamw', params: defaultValues(optimizerTables.adamw.fields) },
  schedule: { kind: 'one_cycle', params: defaultValues(scheduleTables.one_cycle.fields) },
}

const files = (run: string) =>
  [1, 2, 3].map((epoch) =>
    readFileSync(join(workspace.folder, 'runs', run, 'checkpoints', `epoch-000${epoch}.safetensors`)),
  )

const ratesOf = (run: string) => workspace.store.history(run).epochs.map(({ learningRate }) => learningRate)

describe.each(engines)('on the %s engine', (engine) => {
  it('a run goes on bit for bit from every place where it was stopped, sums and schedule with it', async () => {
    for (const changes of [plateau, cycle]) {
      const document = { ...experiment, ...changes, engine }
      const straight = await (await startRun(workspace, document, deaf)).finished
      expect(straight.state).toBe('done')
      for (const when of [0, 1, 2]) {
        const job: RunJob = await startRun(workspace, document, {
          ...deaf,
          metrics: () => when === 0 && job.stop(),
          epoch: (_run, { epoch }) => epoch === when && job.stop(),
        })
        const stopped = await job.finished
        const { batch, epoch, step } = readCheckpoint(stopped.checkpoint ?? '')
        expect(batch % 3 === 0 || batch === 10).toBe(true)
        expect(step).toBe(epoch * 4 + Math.ceil(batch / 3))
        expect(workspace.store.history(job.id).losses).toHaveLength(epoch * 10 + batch)
        // A fast engine may be through before its first metrics arrive.
        if (stopped.state === 'done') expect(when).toBe(0)
        else await (await continueRun(workspace, job.id, 3, deaf)).finished
        expect(files(job.id)).toEqual(files(straight.id))
        expect(workspace.store.history(job.id).losses).toEqual(workspace.store.history(straight.id).losses)
        expect(ratesOf(job.id)).toEqual(ratesOf(straight.id))
      }
    }
  })
})

describe('the record of an epoch', () => {
  it('holds the learning rate of its last step and what the regularisers added', async () => {
    const { id } = await (await startRun(workspace, { ...experiment, ...plateau }, deaf)).finished
    expect(ratesOf(id)).toEqual([0.01, 0.01, 0.005])
    for (const { penalty } of workspace.store.history(id).epochs) expect(penalty).toBeGreaterThan(0)
  })
})
