import { describe, expect, it } from 'vitest'
import type { ActivityTrace, DatasetCard } from '../../../src-shared/contract.ts'
import { useActivityStore } from '../../../src-renderer/stores/activity.ts'
import { detail, settle, setup, summary, trace } from './training.fixture.ts'

const card = { id: 'digits', testCount: 40, trainCount: 100, bundled: true } as DatasetCard
const runs = [
  summary('old', { createdAt: '2026-01-01T00:00:00Z' }),
  summary('new', { createdAt: '2026-01-02T00:00:00Z' }),
  summary('bare', { createdAt: '2026-01-03T00:00:00Z', checkpoint: null }),
]

function setupActivity(
  subset = 1,
  answer = (index: number): ActivityTrace => trace(index, 0, index === 7 ? 1 : 0),
) {
  return setup({
    'runs.list': () => runs,
    'runs.detail': ({ run }) => {
      const found = detail(runs.find(({ id }) => id === run) ?? runs[0])
      return { ...found, experiment: { ...found.experiment, dataset: { id: 'digits', subset, limit: 0 } } }
    },
    'runs.history': () => ({ losses: new Float32Array(), epochs: [] }),
    'datasets.list': () => [card],
    'activity.trace': ({ index }) => answer(index),
  })
}

describe('the activity store', () => {
  it('begins with the newest run that has a checkpoint', async () => {
    setupActivity()
    const store = useActivityStore()
    await settle()
    expect(store.run?.id).toBe('new')
    expect(store.trace?.index).toBe(0)
    expect(store.total).toBe(40)
  })

  it('counts samples within the subset of the run and stays inside', async () => {
    setupActivity(4)
    const store = useActivityStore()
    await settle()
    expect(store.total).toBe(10)
    await store.show(99)
    expect(store.index).toBe(9)
    await store.show(-3)
    expect(store.index).toBe(0)
    await store.setSplit('train')
    expect(store.total).toBe(25)
  })

  it('finds the next sample that is wrong', async () => {
    setupActivity()
    const store = useActivityStore()
    await settle()
    expect(await store.nextWrong()).toBe('found')
    expect(store.index).toBe(7)
    expect(store.searched).toBeNull()
  })

  it('says so where nothing is wrong, having looked at every other sample once', async () => {
    const bridge = setupActivity(1, (index) => trace(index, 0, 0))
    const store = useActivityStore()
    await settle()
    const before = bridge.requests.filter(({ name }) => name === 'activity.trace').length
    expect(await store.nextWrong()).toBe('none')
    expect(bridge.requests.filter(({ name }) => name === 'activity.trace').length - before).toBe(39)
  })

  it('ends the search when somebody chooses a sample', async () => {
    setupActivity(1, (index) => trace(index, 0, 0))
    const store = useActivityStore()
    await settle()
    const search = store.nextWrong()
    await store.show(3)
    expect(await search).toBe('ended')
    expect(store.index).toBe(3)
    expect(store.trace?.index).toBe(3)
  })

  it('lets only the newest question count', async () => {
    const open: ((value: ActivityTrace) => void)[] = []
    const bridge = setupActivity()
    const store = useActivityStore()
    await settle()
    const slow = setup({
      'runs.list': () => runs,
      'runs.detail': () => detail(runs[1]),
      'datasets.list': () => [card],
      'activity.trace': () => new Promise<ActivityTrace>((resolve) => open.push(resolve)),
    })
    const again = useActivityStore()
    await settle()
    void again.show(5)
    open.at(-1)?.(trace(5, 0, 0))
    await settle()
    open[0](trace(0, 0, 0))
    await settle()
    expect(again.trace?.index).toBe(5)
    expect(slow).not.toBe(bridge)
    expect(store).not.toBe(again)
  })
})
