import { describe, expect, it } from 'vitest'
import { createExecutor } from '../../../src-main/engine/backends/index.ts'
import { compileExperiment } from '../../../src-main/engine/compile.ts'
import type { Executor } from '../../../src-main/engine/executor.ts'
import { LoopControl } from '../../../src-main/training/control.ts'
import { evaluateSplit } from '../../../src-main/training/evaluate.ts'
import { boundSource } from '../../../src-main/training/source.ts'
import {
  TrainingLoop,
  type EpochOutcome,
  type LoopProgress,
  type LoopSinks,
} from '../../../src-main/training/loop.ts'
import { scheduleOf } from '../../../src-main/runs/prepare.ts'
import { startPosition } from '../../../src-main/training/position.ts'
import { tinyExperiment } from '../runs/tinyRun.ts'
import { rowsDataset } from './rowsDataset.ts'

const dataset = rowsDataset(50, 21)
const source = boundSource(dataset)
const experiment = tinyExperiment('rows', { epochs: 2 })
const plan = { samples: 50, batchSize: 16, dropLast: false, seed: 5 }
const schedule = scheduleOf(experiment, plan)

function makeExecutor(): Executor {
  const executor = createExecutor('reference', compileExperiment(experiment), 1)
  executor.bind('train', dataset.train)
  executor.bind('test', dataset.test)
  return executor
}

interface Heard {
  losses: number[]
  epochs: EpochOutcome[]
  saved: string[]
  order: string[]
}

/** A loop whose clock goes on by `step` milliseconds each time that it is looked at. */
function makeLoop(step: number, more: Partial<LoopSinks> = {}, executor = makeExecutor(), seconds = 300) {
  const heard: Heard = { losses: [], epochs: [], saved: [], order: [] }
  const control = new LoopControl()
  let now = 0
  const position = startPosition()
  const sinks: LoopSinks = {
    loss: (value) => heard.losses.push(value),
    tick: () => heard.order.push('tick'),
    epoch: (outcome) => {
      heard.order.push('epoch')
      heard.epochs.push(outcome)
    },
    checkpoint: ({ epoch, batch }) => {
      heard.order.push('checkpoint')
      heard.saved.push(`${epoch}.${batch}`)
    },
    paused: () => heard.order.push('paused'),
    ...more,
  }
  const task = { executor, source, plan, epochs: 2, schedule, position, checkpointSeconds: seconds }
  const loop = new TrainingLoop(task, sinks, control, () => (now += step))
  return { loop, control, heard, position }
}

describe('the training loop', () => {
  it('trains every batch of every epoch and adds up what the batches say', async () => {
    const { loop, heard } = makeLoop(1)
    expect(await loop.run()).toBe('done')
    expect(heard.losses).toHaveLength(8)
    expect(heard.epochs.map(({ epoch, batches, sums }) => [epoch, batches, sums.samples])).toEqual([
      [1, 4, 50],
      [2, 4, 50],
    ])
    const firstEpoch = heard.losses.slice(0, 4).reduce((sum, loss) => sum + loss, 0)
    expect(heard.epochs[0].sums.loss).toBe(firstEpoch)
    expect(heard.epochs[1].sums.loss).toBeLessThan(firstEpoch)
  })

  it('evaluates the test split after each epoch as evaluateSplit does', async () => {
    const executor = makeExecutor()
    const { loop, heard } = makeLoop(1, {}, executor)
    await loop.run()
    const again = await evaluateSplit(executor, source, 'test')
    expect(heard.epochs[1].test).toEqual(again)
    const counted = again.confusion.flat().reduce((sum, count) => sum + count, 0)
    expect([again.total, counted]).toEqual([21, 21])
    expect(again.confusion.reduce((sum, row, i) => sum + row[i], 0)).toBe(again.correct)
  })

  it('measures training and test apart, without what the sinks take', async () => {
    const executor = makeExecutor()
    let now = 0
    const slowed: Executor = Object.assign(Object.create(executor) as Executor, {
      train: (batch: Parameters<Executor['train']>[0]) => {
        now += 100
        return executor.train(batch)
      },
      evaluate: (batch: Parameters<Executor['evaluate']>[0]) => {
        now += 50
        return executor.evaluate(batch)
      },
    })
    const outcomes: EpochOutcome[] = []
    const sinks: LoopSinks = {
      loss() {},
      tick() {},
      epoch(outcome) {
        outcomes.push(outcome)
        now += 5000
      },
      checkpoint: () => (now += 5000),
      paused() {},
    }
    const task = { executor: slowed, source, plan, epochs: 1, schedule, position: startPosition() }
    const control = new LoopControl()
    const loop = new TrainingLoop({ ...task, checkpointSeconds: 0.15 }, sinks, control, () => now)
    await loop.run()
    expect(outcomes[0].trainImagesPerSecond).toBeCloseTo(50 / 0.4)
    expect(outcomes[0].testImagesPerSecond).toBeCloseTo(21 / 0.1)
    expect(outcomes[0].seconds).toBeCloseTo(0.5)
  })

  it('tells the remaining time from the twentieth batch on', async () => {
    const seen: LoopProgress[] = []
    await makeLoop(11, { tick: (progress) => seen.push(progress()) }).loop.run()
    expect(seen).not.toHaveLength(0)
    expect(seen.every(({ etaSeconds }) => etaSeconds === null)).toBe(true)

    const long: LoopProgress[] = []
    const executor = makeExecutor()
    const task = {
      executor,
      source,
      plan,
      epochs: 10,
      schedule,
      position: startPosition(),
      checkpointSeconds: 300,
    }
    let now = 0
    const sinks: LoopSinks = {
      loss: () => (now += 1000),
      tick: (progress) => long.push(progress()),
      epoch() {},
      checkpoint() {},
      paused() {},
    }
    await new TrainingLoop(task, sinks, new LoopControl(), () => now).run()
    const told = long.map(({ epoch, batch, etaSeconds }) => [(epoch - 1) * 4 + batch, etaSeconds])
    expect(told.filter(([step]) => Number(step) < 20).every(([, eta]) => eta === null)).toBe(true)
    expect(told.filter(([step]) => Number(step) >= 20)).not.toHaveLength(0)
    for (const [step, eta] of told.filter(([step]) => Number(step) >= 20)) expect(eta).toBe(40 - Number(step))
  })

  it('pauses at the next batch with a checkpoint and goes on to the same numbers', async () => {
    const straight = makeLoop(1)
    await straight.loop.run()
    const held = makeLoop(1, {
      loss(value) {
        held.heard.losses.push(value)
        if ([2, 4, 7].includes(held.heard.losses.length)) held.control.pause()
      },
      paused() {
        held.heard.order.push('paused')
        const at = held.heard.losses.length
        setImmediate(() => {
          expect(held.heard.losses).toHaveLength(at)
          held.control.resume()
        })
      },
    })
    expect(await held.loop.run()).toBe('done')
    expect(held.heard.saved).toEqual(['0.2', '0.4', '1.3'])
    expect(held.heard.losses).toEqual(straight.heard.losses)
    expect(held.heard.epochs.map(({ test }) => test)).toEqual(straight.heard.epochs.map(({ test }) => test))
  })

  it('stops at the next batch with one checkpoint, also out of a pause', async () => {
    const stopped = makeLoop(1, { loss: () => stopped.control.stop() })
    expect(await stopped.loop.run()).toBe('stopped')
    expect(stopped.heard.saved).toEqual(['0.1'])
    const out = makeLoop(1, { loss: () => out.control.pause(), paused: () => out.control.stop() })
    expect(await out.loop.run()).toBe('stopped')
    expect(out.heard.saved).toEqual(['0.1'])
  })

  it('goes on from the middle of an epoch to the same numbers', async () => {
    const straight = makeLoop(1)
    await straight.loop.run()
    for (const at of [1, 3, 4, 6]) {
      const executor = makeExecutor()
      const first = makeLoop(
        1,
        {
          loss(value) {
            first.heard.losses.push(value)
            if (first.heard.losses.length === at) first.control.stop()
          },
        },
        executor,
      )
      await first.loop.run()
      const second = makeLoop(1, {}, executor)
      Object.assign(second.position, structuredClone(first.position))
      await second.loop.run()
      expect([...first.heard.losses, ...second.heard.losses]).toEqual(straight.heard.losses)
      const sums = [...first.heard.epochs, ...second.heard.epochs].map((outcome) => outcome.sums)
      expect(sums).toEqual(straight.heard.epochs.map((outcome) => outcome.sums))
    }
  })

  it('saves inside an epoch when the interval is over', async () => {
    const { loop, heard } = makeLoop(4, {}, makeExecutor(), 0.02)
    await loop.run()
    expect(heard.saved.length).toBeGreaterThan(1)
    expect(new Set(heard.saved).size).toBe(heard.saved.length)
  })

  it('lets messages in while it computes', async () => {
    const { loop, control, heard } = makeLoop(11)
    setImmediate(() => control.stop())
    expect(await loop.run()).toBe('stopped')
    expect(heard.losses.length).toBeLessThanOrEqual(2)
  })

  it('ends with engine.notFinite where a loss is not a number, and saves nothing', async () => {
    const executor = makeExecutor()
    let calls = 0
    const broken: Executor = Object.assign(Object.create(executor) as Executor, {
      train: (batch: Parameters<Executor['train']>[0]) => {
        const result = executor.train(batch)
        return ++calls === 6 ? { ...result, loss: Number.NaN } : result
      },
    })
    const { loop, heard } = makeLoop(1, {}, broken)
    await expect(loop.run()).rejects.toMatchObject({
      code: 'engine.notFinite',
      data: { found: 'NaN', batch: 2, epoch: 2, layer: 'lif2' },
    })
    expect(heard.losses).toHaveLength(5)
    expect(heard.saved).toEqual([])
  })
})
