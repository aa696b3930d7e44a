import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../../src-main/runs/schema.ts'
import { RunStore, type RunFacts } from '../../../src-main/runs/store.ts'
import type { EpochRecord } from '../../../src-shared/contract.ts'
import { scratchFolder, tinyExperiment } from './tinyRun.ts'

const scratch = scratchFolder()
const progress = { epoch: 1, batch: 3, imagesPerSecond: 1000, seconds: 2 }
let folder: string
let store: RunStore
let database: Database.Database
let opened = 0

function facts(epochs = 3): RunFacts {
  return {
    name: 'tiny',
    experiment: tinyExperiment('rows', { epochs }),
    datasetName: 'Rows',
    datasetChecksum: 'abc',
    device: 'test',
    threads: 1,
    versions: { spikedesk: '0' },
    batchesPerEpoch: 4,
  }
}

function record(epoch: number, testAccuracy: number): EpochRecord {
  const speeds = { trainImagesPerSecond: 10, testImagesPerSecond: 20, seconds: 1, waiting: 0.25 }
  const scores = {
    trainLoss: 1 / epoch,
    penalty: 0.25,
    learningRate: 5e-4,
    trainAccuracy: 0.5,
    testLoss: 0.4,
    testAccuracy,
  }
  const events = epoch % 2 === 0 ? null : { recorded: 4000, transformed: 3900, time: 30, place: 2 }
  return { epoch, ...scores, ...speeds, firingRates: [0.1, 1 / 3], events }
}

function floats(from: number, to: number): Float32Array {
  return Float32Array.from({ length: to - from }, (_, i) => (from + i) / 8)
}

const chunks = () => database.prepare('SELECT count(*) AS n FROM losses').get()

beforeEach(() => {
  folder = join(scratch, String(opened++))
  mkdirSync(folder)
  database = new Database(join(folder, 'workspace.db'))
  database.pragma('foreign_keys = ON')
  migrate(database, 'test')
  store = new RunStore(database, folder)
})

describe('the store of runs', () => {
  it('numbers the runs of a day, past folders without a row', () => {
    const first = store.create(facts())
    expect(first.id).toMatch(/^\d{4}-\d\d-\d\d-001$/)
    mkdirSync(join(folder, 'runs', first.id.replace(/001$/, '007')))
    expect(store.create(facts()).id).toBe(first.id.replace(/001$/, '008'))
    expect(store.list().map(({ id }) => id.slice(-3))).toEqual(['008', '001'])
  })

  it('keeps losses packed, one chunk a flush and one an epoch, and gives them back in order', () => {
    const { id } = store.create(facts())
    store.recordLosses(id, { firstStep: 0, losses: floats(0, 3) }, progress)
    store.recordLosses(id, { firstStep: 3, losses: floats(3, 4) }, progress)
    expect(chunks()).toEqual({ n: 2 })
    store.recordEpoch(id, record(1, 0.5), 0, progress)
    expect(chunks()).toEqual({ n: 1 })
    store.recordLosses(id, { firstStep: 4, losses: floats(4, 6) }, { ...progress, epoch: 2, batch: 2 })
    expect(store.history(id)).toEqual({ losses: floats(0, 6), epochs: [record(1, 0.5)] })
    expect(store.summary(id)).toMatchObject({ epoch: 2, batch: 2, lastLoss: 5 / 8, seconds: 2 })
  })

  it('keeps the first best epoch and the last', () => {
    const { id } = store.create(facts())
    const accuracies = [0.5, 0.8, 0.8, 0.7]
    accuracies.forEach((accuracy, i) => store.recordEpoch(id, record(i + 1, accuracy), i * 4, progress))
    expect(store.summary(id)).toMatchObject({ bestEpoch: 2, bestTestAccuracy: 0.8, lastTestAccuracy: 0.7 })
  })

  it('forgets what lies behind the checkpoint that a run goes on from', () => {
    const { id } = store.create(facts())
    store.recordLosses(id, { firstStep: 0, losses: floats(0, 4) }, progress)
    store.recordEpoch(id, record(1, 0.5), 0, progress)
    store.recordLosses(id, { firstStep: 4, losses: floats(4, 8) }, progress)
    store.recordEpoch(id, record(2, 0.9), 4, progress)
    store.recordLosses(id, { firstStep: 8, losses: floats(8, 9) }, progress)
    store.markInterrupted()
    store.reopen(id, { epoch: 1, batch: 2, losses: 6, checkpoint: join(folder, 'c') }, facts(5))
    expect(store.history(id)).toEqual({ losses: floats(0, 6), epochs: [record(1, 0.5)] })
    expect(store.detail(id)).toMatchObject({
      state: 'preparing',
      epoch: 2,
      batch: 2,
      epochs: 5,
      lastLoss: 5 / 8,
      bestEpoch: 1,
      checkpoint: join(folder, 'c'),
      checkpointEpoch: 1,
      endedAt: null,
    })
    store.recordLosses(id, { firstStep: 6, losses: floats(6, 8) }, progress)
    expect(store.history(id).losses).toEqual(floats(0, 8))
  })

  it('marks runs without a process as interrupted, and only those', () => {
    const [running, done] = [store.create(facts()).id, store.create(facts()).id]
    for (const id of [running, done]) store.setState(id, 'running')
    store.setState(done, 'done')
    expect(store.markInterrupted().map(({ id, state }) => [id, state])).toEqual([[running, 'interrupted']])
    expect(store.summary(done).state).toBe('done')
    expect(store.markInterrupted()).toEqual([])
    expect(store.events(running).at(-1)).toMatchObject({ kind: 'state', data: { was: 'running' } })
  })

  it('does not open a run that is running, nor jump between states', () => {
    const { id } = store.create(facts())
    const from = { epoch: 0, batch: 0, losses: 0, checkpoint: null }
    expect(() => store.reopen(id, from, facts())).toThrow(/is preparing; stop it first/)
    store.setState(id, 'running')
    expect(() => store.setState(id, 'stopped')).toThrow(/is running/)
    expect(store.summary(id).state).toBe('running')
  })

  it('keeps the error of a failed run', () => {
    const { id } = store.create(facts())
    const error = { code: 'engine.notFinite', data: { found: 'NaN', batch: 3, epoch: 1 } } as const
    store.setState(id, 'failed', error)
    expect(store.summary(id)).toMatchObject({ state: 'failed', error })
    expect(store.summary(id).endedAt).toMatch(/^\d{4}-.*Z$/)
  })

  it('renames, and knows only its own runs', () => {
    const { id } = store.create(facts())
    expect(store.rename(id, 'a better name').name).toBe('a better name')
    for (const unknown of ['nope', '../x', "' OR 1"]) {
      expect(() => store.summary(unknown)).toThrow(`No run is called "${unknown}" in ${folder}.`)
      expect(() => store.rename(unknown, 'x')).toThrow(/No run is called/)
      expect(() => store.history(unknown)).toThrow(/No run is called/)
    }
  })

  it('says in words when the database cannot be written', () => {
    const { id } = store.create(facts())
    const reader = new RunStore(new Database(join(folder, 'workspace.db'), { readonly: true }), folder)
    expect(() => reader.rename(id, 'x')).toThrow(/^The workspace .* cannot be written: it is read-only\./)
  })
})
