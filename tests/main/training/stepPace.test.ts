import { describe, expect, it } from 'vitest'
import type { BatchResult, Executor, SampleBatch } from '../../../src-main/engine/executor.ts'
import { StepPace, trainsInTurn, type InTurnExecutor } from '../../../src-main/training/stepPace.ts'

const batchSize = 100

/** A pace whose clock stands still but in steps, which take as long as they are told. */
function makePace() {
  let now = 1000
  const pace = new StepPace(batchSize, () => now)
  pace.startSlice()
  const train = (samples: number, milliseconds: number) => {
    const executor = { trainInTurn: (): BatchResult[] => ((now += milliseconds), []) } as unknown as Executor
    const indices = new Uint32Array(samples)
    const batches: SampleBatch = { kind: 'samples', split: 'train', indices, epoch: 1 }
    pace.train(executor as InTurnExecutor, batches, new Float64Array(Math.ceil(samples / batchSize)))
  }
  return { pace, train, wait: (milliseconds: number) => (now += milliseconds) }
}

describe('the pace of training steps', () => {
  it('is one step before the first was measured', () => {
    expect(makePace().pace.steps).toBe(1)
  })

  it('is as many steps as end the slice, none of which would have begun after it', () => {
    const { pace, train, wait } = makePace()
    train(batchSize, 3)
    expect(pace.steps).toBe(3)
    wait(5)
    expect(pace.steps).toBe(1)
    wait(2)
    expect([pace.steps, pace.sliceOver]).toEqual([1, true])
    pace.startSlice()
    expect([pace.steps, pace.sliceOver]).toEqual([4, false])
  })

  it('is never more than 16 steps, also where the clock did not move', () => {
    const { pace, train, wait } = makePace()
    train(batchSize, 0.3)
    expect(pace.steps).toBe(16)
    train(16 * batchSize, 0)
    expect(pace.steps).toBe(16)
    wait(9.7)
    expect([pace.steps, pace.sliceOver]).toEqual([1, true])
  })

  it('goes by the time of a step in the last call', () => {
    const { pace, train } = makePace()
    train(batchSize, 20)
    pace.startSlice()
    expect(pace.steps).toBe(1)
    train(4 * batchSize, 4)
    expect(pace.steps).toBe(6)
    train(4 * batchSize, 8)
    pace.startSlice()
    expect(pace.steps).toBe(5)
  })

  it('is not mistaken by a short last batch', () => {
    const { pace, train } = makePace()
    train(1, 0.09)
    expect(pace.steps).toBe(2)
    train(2 * batchSize + 50, 5)
    expect(pace.steps).toBe(3)
  })

  it('holds a slice for 10 ms', () => {
    const { pace, wait } = makePace()
    wait(9.9)
    expect(pace.sliceOver).toBe(false)
    wait(0.1)
    expect(pace.sliceOver).toBe(true)
  })

  it('is for executors that can, of programs whose steps are of one batch', () => {
    const can = (accumulation: number, trainInTurn?: () => BatchResult[]) =>
      trainsInTurn({ program: { accumulation }, trainInTurn } as unknown as Executor)
    expect([can(1, () => []), can(2, () => []), can(1)]).toEqual([true, false, false])
  })
})
