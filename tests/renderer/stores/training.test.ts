import { describe, expect, it, vi } from 'vitest'
import type { RunHistory } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { presets } from '../../../src-shared/model/presets.ts'
import { canGoOn, recentLoss, useTrainingStore } from '../../../src-renderer/stores/training.ts'
import { detail, epoch, metrics, settle, setup, summary } from './training.fixture.ts'

const history = (losses: number[], epochs = [epoch(1, 0.4)]): RunHistory => ({
  losses: new Float32Array(losses),
  epochs,
})

function answers(run = summary('a', { state: 'running' }), past = history([1, 2])) {
  return {
    'runs.list': () => [run],
    'runs.detail': () => detail(run),
    'runs.history': () => past,
    'training.start': () => run,
    'training.continue': () => ({ ...run, epochs: 20 }),
    'training.pause': () => null,
    'training.resume': () => null,
    'training.stop': () => null,
  }
}

describe('the training store', () => {
  it('opened late, loads the history and follows the stream from there', async () => {
    const bridge = setup(answers())
    const store = useTrainingStore()
    await settle()
    expect([...store.losses]).toEqual([1, 2])
    bridge.emit('training.metrics', metrics('a', 2, [3, 4]))
    bridge.emit('training.epoch', { run: 'a', record: epoch(2, 0.9) })
    expect([...store.losses]).toEqual([1, 2, 3, 4])
    expect(store.best).toEqual({ epoch: 2, accuracy: 0.9 })
    expect(store.firingRates.map((rate) => rate.toFixed(1))).toEqual(['0.2', '0.1'])
  })

  it('keeps events that overtake the history', async () => {
    let answer: (past: RunHistory) => void = () => undefined
    const late = new Promise<RunHistory>((resolve) => (answer = resolve))
    const bridge = setup({ ...answers(), 'runs.history': () => late })
    const store = useTrainingStore()
    await settle()
    bridge.emit('training.metrics', metrics('a', 0, [1, 2, 3]))
    bridge.emit('training.epoch', { run: 'a', record: epoch(2) })
    answer(history([1, 2]))
    await settle()
    expect([...store.losses]).toEqual([1, 2, 3])
    expect(store.epochs.map((record) => record.epoch)).toEqual([1, 2])
  })

  it('tells that a run is on its way until its start is answered, or refused', async () => {
    let answer: (run: ReturnType<typeof summary>) => void = () => undefined
    let refuse: (reason: Error) => void = () => undefined
    const late = new Promise<ReturnType<typeof summary>>((resolve) => (answer = resolve))
    const never = new Promise<ReturnType<typeof summary>>((_, reject) => (refuse = reject))
    const waiting = [late, never]
    setup({ ...answers(summary('a')), 'training.start': () => waiting.shift() ?? late })
    const store = useTrainingStore()
    await settle()
    expect(store.beginning).toBe(false)
    const first = store.start(presets[0].experiment)
    expect(store.beginning).toBe(true)
    answer(summary('b', { state: 'preparing' }))
    await first
    expect(store.beginning).toBe(false)
    const second = store.start(presets[0].experiment)
    refuse(new Error('no'))
    await second
    expect(store.beginning).toBe(false)
  })

  it('keeps what it heard of a run before the answer to its start came', async () => {
    const begun = summary('b', { state: 'preparing' })
    let answer: (run: typeof begun) => void = () => undefined
    const late = new Promise<typeof begun>((resolve) => (answer = resolve))
    const done = summary('a', { state: 'done' })
    const bridge = setup({ ...answers(done), 'training.start': () => late })
    const store = useTrainingStore()
    await settle()
    const started = store.start(presets[0].experiment)
    bridge.emit('run.changed', begun)
    bridge.emit('run.changed', { ...begun, state: 'running' })
    answer(begun)
    expect(await started).toBe(true)
    expect(store.summary?.state).toBe('running')
  })

  it('asks again where the stream leaves a gap', async () => {
    const bridge = setup(answers())
    useTrainingStore()
    await settle()
    const asked = () => bridge.requests.filter(({ name }) => name === 'runs.history').length
    const before = asked()
    bridge.emit('training.metrics', metrics('a', 50, [1]))
    await settle()
    expect(asked()).toBe(before + 1)
  })

  it('ignores the events of other runs, but turns to one that starts', async () => {
    const bridge = setup(answers(summary('a', { state: 'done' })))
    const store = useTrainingStore()
    await settle()
    bridge.emit('training.metrics', metrics('b', 2, [9]))
    expect([...store.losses]).toEqual([1, 2])
    bridge.emit('run.changed', summary('b', { state: 'running' }))
    expect(store.summary?.id).toBe('b')
  })

  it('does not leave a running run for another', async () => {
    const bridge = setup(answers())
    const store = useTrainingStore()
    await settle()
    bridge.emit('run.changed', summary('b', { state: 'running' }))
    expect(store.summary?.id).toBe('a')
  })

  it('passes wishes on by name', async () => {
    const bridge = setup(answers())
    const store = useTrainingStore()
    await settle()
    await store.pause()
    await store.resume()
    await store.stop()
    await store.goOn('a', 20)
    const wishes = bridge.requests.filter(({ name }) => name.startsWith('training.'))
    expect(wishes).toEqual([
      { name: 'training.pause', params: { run: 'a' } },
      { name: 'training.resume', params: { run: 'a' } },
      { name: 'training.stop', params: { run: 'a' } },
      { name: 'training.continue', params: { run: 'a', epochs: 20 } },
    ])
    expect(store.summary?.epochs).toBe(20)
  })

  it('keeps the reason why a start failed', async () => {
    const refuse = () => {
      throw new SpikedeskError('engine.unavailable', { engine: 'native', reason: 'no compiler' })
    }
    setup({ ...answers(), 'runs.list': () => [], 'training.start': refuse })
    const store = useTrainingStore()
    await settle()
    expect(await store.start(presets[0].experiment)).toBe(false)
    expect((store.failure as SpikedeskError).code).toBe('engine.unavailable')
    expect(store.summary).toBeNull()
  })

  it('asks anew after the connection came back', async () => {
    const list = vi.fn(() => [summary('a')])
    const bridge = setup({ ...answers(), 'runs.list': list })
    useTrainingStore()
    await settle()
    bridge.setStatus('lost')
    bridge.setStatus('open')
    await settle()
    expect(list).toHaveBeenCalledTimes(2)
  })
})

describe('what can go on', () => {
  it('is a run with a checkpoint that is neither running nor complete', () => {
    expect(canGoOn(summary('a', { state: 'interrupted' }))).toBe(true)
    expect(canGoOn(summary('a', { state: 'failed', checkpoint: null }))).toBe(false)
    expect(canGoOn(summary('a', { state: 'paused' }))).toBe(false)
    expect(canGoOn(summary('a', { state: 'done', checkpointEpoch: 10 }))).toBe(false)
  })
})

describe('recentLoss', () => {
  it('is the mean of the last hundred', () => {
    expect(recentLoss(new Float32Array())).toBeNull()
    expect(recentLoss(Float32Array.from({ length: 300 }, (_, i) => (i < 200 ? 50 : 2)))).toBe(2)
  })
})
