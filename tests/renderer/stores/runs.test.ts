import { describe, expect, it } from 'vitest'
import { searchRuns, sortRuns, useRunsStore } from '../../../src-renderer/stores/runs.ts'
import { detail, epoch, metrics, settle, setup, summary } from './training.fixture.ts'

const some = [
  summary('run-2', { bestTestAccuracy: 0.7, createdAt: '2026-01-02T00:00:00Z', state: 'failed' }),
  summary('run-10', {
    bestTestAccuracy: null,
    createdAt: '2026-01-03T00:00:00Z',
    datasetName: 'Fashion-MNIST',
  }),
  summary('run-1', { bestTestAccuracy: 0.9, createdAt: '2026-01-01T00:00:00Z' }),
]
const ids = (runs: readonly { id: string }[]) => runs.map(({ id }) => id)

describe('sortRuns', () => {
  it('sorts numbers by size, names as people count, nothing last', () => {
    expect(ids(sortRuns(some, 'bestTestAccuracy', true))).toEqual(['run-1', 'run-2', 'run-10'])
    expect(ids(sortRuns(some, 'bestTestAccuracy', false))).toEqual(['run-2', 'run-1', 'run-10'])
    expect(ids(sortRuns(some, 'name', false))).toEqual(['run-1', 'run-2', 'run-10'])
  })

  it('puts the newer of two equal runs first', () => {
    expect(ids(sortRuns(some, 'model', false))).toEqual(['run-10', 'run-2', 'run-1'])
  })
})

describe('searchRuns', () => {
  it('finds runs in which every word occurs', () => {
    expect(ids(searchRuns(some, 'fashion native'))).toEqual(['run-10'])
    expect(ids(searchRuns(some, 'FAILED'))).toEqual(['run-2'])
    expect(searchRuns(some, 'nothing')).toEqual([])
  })
})

describe('the runs store', () => {
  const setupRuns = () =>
    setup({
      'runs.list': () => some,
      'runs.detail': ({ run }) => detail(some.find(({ id }) => id === run) ?? some[0]),
      'runs.history': () => ({ losses: new Float32Array([1]), epochs: [epoch(1)] }),
      'runs.rename': () => null,
    })

  it('shows the newest first and turns the order round on the second wish', async () => {
    setupRuns()
    const store = useRunsStore()
    await settle()
    expect(ids(store.visible)).toEqual(['run-10', 'run-2', 'run-1'])
    store.sortBy('createdAt')
    expect(ids(store.visible)).toEqual(['run-1', 'run-2', 'run-10'])
  })

  it('follows changes of runs it knows and takes in new ones', async () => {
    const bridge = setupRuns()
    const store = useRunsStore()
    await settle()
    bridge.emit('run.changed', { ...some[0], name: 'renamed' })
    bridge.emit('run.changed', summary('run-11', { createdAt: '2026-01-09T00:00:00Z' }))
    expect(store.list.find(({ id }) => id === 'run-2')?.name).toBe('renamed')
    expect(store.visible[0].id).toBe('run-11')
  })

  it('loads the selected run and follows it', async () => {
    const bridge = setupRuns()
    const store = useRunsStore()
    await settle()
    await store.select('run-1')
    bridge.emit('training.metrics', metrics('run-1', 1, [2]))
    bridge.emit('run.changed', { ...some[2], name: 'new name' })
    expect(store.detail?.name).toBe('new name')
    expect(store.detail?.experiment.name).toBe('fc-leaky-100')
    expect([...store.losses]).toEqual([1, 2])
    await store.select('run-2')
    expect([...store.losses]).toEqual([1])
  })
})
