import { describe, expect, it } from 'vitest'
import { nativeBackend } from '../../../src-main/engine/backends/native/index.ts'
import { compileExperiment } from '../../../src-main/engine/compile.ts'
import type { Batch, BatchResult, Executor, SampleBatch } from '../../../src-main/engine/executor.ts'
import { scheduleOf } from '../../../src-main/runs/prepare.ts'
import { batchesPerEpoch } from '../../../src-main/training/batches.ts'
import { LoopControl } from '../../../src-main/training/control.ts'
import { TrainingLoop, type EpochOutcome, type LoopSinks } from '../../../src-main/training/loop.ts'
import { startPosition } from '../../../src-main/training/position.ts'
import { boundSource } from '../../../src-main/training/source.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { scheduleTables } from '../../../src-shared/scheduleTables.ts'
import { startPlateau } from '../../../src-shared/schedule.ts'
import { tinyExperiment } from '../runs/tinyRun.ts'
import { rowsDataset } from './rowsDataset.ts'

/** 22 batches of 16, and one of 3. */
const dataset = rowsDataset(355, 21)
const epochs = 2
const experiment = tinyExperiment('rows', {
  epochs,
  // A learning rate of its own for every step.
  schedule: {
    kind: 'constant',
    params: { ...defaultValues(scheduleTables.constant.fields), warmup: epochs },
  },
})

interface Way {
  inTurn: boolean
  /** Milliseconds of a step. */
  took?: number
  dropLast?: boolean
  accumulation?: number
  /** The learning rate of a step, counted from 1 over the whole run; that of the schedule where left out. */
  rate?: (step: number, rate: number) => number
  /** What happens after so many losses. */
  afterLoss?: (losses: number, control: LoopControl) => void
}

/** An executor that trains in turn or not; tells how many steps each call is to do. */
function makeExecutor({ inTurn, rate, accumulation = 1 }: Way, hear: (steps: number) => void): Executor {
  const executor = nativeBackend.create(compileExperiment({ ...experiment, accumulation }), 2)
  executor.bind('train', dataset.train)
  executor.bind('test', dataset.test)
  const train = executor.train.bind(executor)
  const trainInTurn = executor.trainInTurn?.bind(executor)
  let done = 0
  const rateOf = (scheduled: number) => rate?.(++done, scheduled) ?? scheduled
  return Object.assign(executor, {
    train(batch: Batch, scheduled: number): BatchResult {
      hear(1)
      return train(batch, rateOf(scheduled))
    },
    trainInTurn: inTurn
      ? (batches: SampleBatch, rates: Float64Array): BatchResult[] => {
          hear(rates.length)
          return trainInTurn?.(batches, rates.map(rateOf)) ?? []
        }
      : undefined,
  })
}

function makeLoop(way: Way) {
  const calls: number[] = []
  let now = 0
  const executor = makeExecutor(way, (steps) => {
    calls.push(steps)
    now += steps * (way.took ?? 0.01)
  })
  const plan = { samples: dataset.train.count, batchSize: 16, dropLast: way.dropLast ?? false, seed: 5 }
  const schedule = scheduleOf(experiment, plan)
  const position = startPosition(startPlateau(schedule))
  const control = new LoopControl()
  const heard = {
    losses: [] as number[],
    places: [] as unknown[],
    saved: [] as string[],
    epochs: [] as EpochOutcome[],
  }
  const sinks: LoopSinks = {
    loss(value) {
      heard.losses.push(value)
      const { epoch, batch, learningRate, sums } = loop.progress()
      heard.places.push({ epoch, batch, learningRate, sums: structuredClone(sums) })
      way.afterLoss?.(heard.losses.length, control)
    },
    tick() {},
    epoch: (outcome) => heard.epochs.push(outcome),
    checkpoint: ({ epoch, batch }) => heard.saved.push(`${epoch}.${batch}`),
    paused: () => setImmediate(() => control.resume()),
  }
  const task = {
    executor,
    source: boundSource(dataset),
    plan,
    epochs,
    schedule,
    position,
    checkpointSeconds: 300,
  }
  const loop = new TrainingLoop(task, sinks, control, () => now)
  return { loop, heard, executor, position, calls, batches: batchesPerEpoch(plan) }
}

/** What of an epoch is not a matter of the clock. */
const outcomesOf = (outcomes: readonly EpochOutcome[]) =>
  outcomes.map(({ epoch, sums, batches, test, learningRate }) => ({
    epoch,
    sums,
    batches,
    test,
    learningRate,
  }))

async function trained(way: Way) {
  const made = makeLoop(way)
  expect(await made.loop.run()).toBe('done')
  const { losses, places, saved, epochs } = made.heard
  return {
    calls: made.calls,
    saved,
    batches: made.batches,
    told: { losses, places, epochs: outcomesOf(epochs), state: made.executor.readState() },
  }
}

async function failure(way: Way) {
  const { loop, heard, calls } = makeLoop(way)
  const error: unknown = await loop.run().then(
    () => null,
    (reason: unknown) => reason,
  )
  return { error, losses: heard.losses, saved: heard.saved, calls }
}

describe.skipIf(nativeBackend.unavailable() !== null)('the training loop with steps in turn', () => {
  it('tells what it tells batch by batch: losses, sums, places, rates, epochs, weights', async () => {
    const [single, inTurn] = [await trained({ inTurn: false }), await trained({ inTurn: true })]
    expect(inTurn.told).toEqual(single.told)
    expect(
      new Set(single.told.places.map((place) => (place as { learningRate: number }).learningRate)).size,
    ).toBe(46)
    expect(single.calls).toEqual(Array.from({ length: 46 }, () => 1))
    expect(inTurn.calls).toEqual([1, 16, 6, 16, 7])
  })

  it('never goes past the end of an epoch, nor takes what is left out of it', async () => {
    const [single, inTurn] = [
      await trained({ inTurn: false, dropLast: true }),
      await trained({ inTurn: true, dropLast: true }),
    ]
    expect(inTurn.told).toEqual(single.told)
    expect([inTurn.batches, inTurn.calls]).toEqual([22, [1, 16, 5, 16, 6]])
  })

  it('lets messages in as often as batch by batch: a call is no longer than what is left of 10 ms', async () => {
    const { calls, told } = await trained({ inTurn: true, took: 3 })
    expect(calls.slice(0, 7)).toEqual([1, 3, 4, 4, 4, 4, 3])
    expect(told).toEqual((await trained({ inTurn: false })).told)
  })

  it('takes steps of more than 10 ms one by one', async () => {
    const { calls } = await trained({ inTurn: true, took: 20 })
    expect(calls).toEqual(Array.from({ length: 46 }, () => 1))
  })

  it('takes batches one by one where a step averages several', async () => {
    const ways = [false, true].map((inTurn) => trained({ inTurn, accumulation: 3 }))
    const [single, averaged] = await Promise.all(ways)
    expect(averaged.told).toEqual(single.told)
    expect(averaged.calls).toEqual(single.calls)
  })

  it('pauses after the call under way with a checkpoint and goes on to the same numbers', async () => {
    const straight = await trained({ inTurn: true })
    const paused = await trained({
      inTurn: true,
      afterLoss: (losses, control) => [3, 20, 30].includes(losses) && control.pause(),
    })
    expect(paused.told).toEqual(straight.told)
    expect(paused.saved).toHaveLength(3)
    const ends = paused.calls.map((_, i) => paused.calls.slice(0, i + 1).reduce((sum, steps) => sum + steps))
    for (const place of paused.saved) {
      const [epoch, batch] = place.split('.').map(Number)
      expect(ends).toContain(epoch * 23 + batch)
    }
  })

  it('stops after the call under way and goes on from there to the same numbers', async () => {
    const straight = await trained({ inTurn: true })
    const first = makeLoop({ inTurn: true, afterLoss: (losses, control) => losses === 5 && control.stop() })
    expect(await first.loop.run()).toBe('stopped')
    expect(first.heard.saved).toEqual(['0.17'])
    const second = makeLoop({ inTurn: true })
    second.executor.writeState(first.executor.readState())
    Object.assign(second.position, structuredClone(first.position))
    expect(await second.loop.run()).toBe('done')
    expect([...first.heard.losses, ...second.heard.losses]).toEqual(straight.told.losses)
    expect(outcomesOf(second.heard.epochs)).toEqual(straight.told.epochs)
    expect(second.executor.readState()).toEqual(straight.told.state)
  })

  it.each([
    { what: 'a parameter', value: Number.NaN, step: 30 },
    { what: 'a loss', value: 3e38, step: 9 },
  ])(
    'names the batch of a call at which $what is not finite, and tells those before',
    async ({ value, step }) => {
      const rate = (at: number, scheduled: number) => (at === step ? value : scheduled)
      const [single, inTurn] = [await failure({ inTurn: false, rate }), await failure({ inTurn: true, rate })]
      expect(inTurn.error).toMatchObject({ code: 'engine.notFinite' })
      const { batch, epoch } = (inTurn.error as { data: { batch: number; epoch: number } }).data
      expect((epoch - 1) * 23 + batch).toBe(inTurn.losses.length + 1)
      expect((inTurn.error as { data: unknown }).data).toEqual((single.error as { data: unknown }).data)
      expect([inTurn.losses, inTurn.saved]).toEqual([single.losses, []])
      expect(Math.max(...inTurn.calls)).toBeGreaterThan(1)
    },
  )
})
