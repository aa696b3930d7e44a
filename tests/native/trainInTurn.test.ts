import { describe, expect, it } from 'vitest'
import { nativeBackend } from '../../src-main/engine/backends/native/index.ts'
import { referenceBackend } from '../../src-main/engine/backends/reference/index.ts'
import { compileNetwork } from '../../src-main/engine/compile.ts'
import type { BatchResult, Executor, SampleBatch } from '../../src-main/engine/executor.ts'
import { batchIndices } from '../../src-main/training/batches.ts'
import { trainsInTurn, type InTurnExecutor } from '../../src-main/training/stepPace.ts'
import {
  indicesFrom,
  longNetwork,
  mapNetwork,
  prepared,
  recurrentMaps,
  spikingNetwork,
  staticNetwork,
  wideNetwork,
} from './networks.ts'

const batchSize = 50

const run = (samples: number, more: Partial<SampleBatch> = {}): SampleBatch => ({
  kind: 'samples',
  split: 'train',
  indices: indicesFrom(3, samples),
  epoch: 2,
  ...more,
})
const ratesOf = (steps: number) => Float64Array.from({ length: steps }, (_, i) => 0.001 * (i + 1))

function inTurn(spec: typeof staticNetwork, threads: number): InTurnExecutor {
  const executor = prepared(spec, threads)
  if (!trainsInTurn(executor)) throw new Error('the native engine does not train in turn')
  return executor
}

/** What `trainInTurn` is to give, by `train`. */
function oneByOne(executor: Executor, batches: SampleBatch, rates: Float64Array): BatchResult[] {
  return Array.from(rates, (rate, i) => {
    const indices = batchIndices(batches.indices, batchSize, i)
    return structuredClone(executor.train({ ...batches, indices, next: undefined }, rate))
  })
}

describe.each([
  { name: 'static', spec: staticNetwork },
  { name: 'spiking', spec: spikingNetwork },
  { name: 'long', spec: longNetwork },
  { name: 'wide', spec: wideNetwork },
  { name: 'convolutional', spec: mapNetwork },
  { name: 'recurrent', spec: recurrentMaps },
])('steps in turn of the $name network', ({ spec }) => {
  it('are those of train one by one, bit for bit, on any number of threads', () => {
    const [long, short] = [run(4 * batchSize), run(2 * batchSize + 13)]
    const wanted = prepared(spec, 1)
    const results = [oneByOne(wanted, long, ratesOf(4)), oneByOne(wanted, short, ratesOf(3))]
    expect(results[0].every(({ layerSpikes }) => layerSpikes.every((count) => count > 0))).toBe(true)
    for (const threads of [1, 2, 3]) {
      const executor = inTurn(spec, threads)
      const found = structuredClone(executor.trainInTurn({ ...long, next: short.indices }, ratesOf(4)))
      expect([found, executor.trainInTurn(short, ratesOf(3))]).toEqual(results)
      expect(executor.readState()).toEqual(wanted.readState())
    }
  })
})

describe('steps in turn', () => {
  it('may be one, and of one sample', () => {
    const wanted = prepared(staticNetwork, 2)
    const executor = inTurn(staticNetwork, 2)
    for (const samples of [1, batchSize]) {
      const batch = run(samples)
      expect(executor.trainInTurn(batch, ratesOf(1))).toEqual(oneByOne(wanted, batch, ratesOf(1)))
    }
    expect(executor.readState()).toEqual(wanted.readState())
  })

  it('each have results of their own, which more steps in the next call do not mix up', () => {
    const executor = inTurn(staticNetwork, 2)
    const wanted = prepared(staticNetwork, 2)
    for (const steps of [2, 5, 3, 1, 6]) {
      const batches = run(steps * batchSize - 7)
      const results = executor.trainInTurn(batches, ratesOf(steps))
      expect(results).toEqual(oneByOne(wanted, batches, ratesOf(steps)))
      expect(new Set(results.map(({ loss }) => loss)).size).toBe(steps)
    }
  })

  it('let single steps and other calls come between', () => {
    const executor = inTurn(spikingNetwork, 2)
    const wanted = prepared(spikingNetwork, 2)
    const batches = run(3 * batchSize)
    const single = run(batchSize)
    for (let i = 0; i < 2; i++) {
      expect(executor.trainInTurn(batches, ratesOf(3))).toEqual(oneByOne(wanted, batches, ratesOf(3)))
      expect(executor.evaluate(single)).toEqual(wanted.evaluate(single))
      expect(executor.train(single)).toEqual(wanted.train(single))
      expect(executor.gradients(single)).toEqual(wanted.gradients(single))
    }
    expect(executor.readState()).toEqual(wanted.readState())
  })

  it('are profiled each', () => {
    const executor = inTurn(staticNetwork, 2)
    executor.startProfile?.()
    executor.trainInTurn(run(3 * batchSize), ratesOf(3))
    expect(executor.endProfile?.().steps).toBe(3)
  })

  it('end with a step whose loss is not finite, and do not make it', () => {
    const executor = inTurn(spikingNetwork, 2)
    const wanted = prepared(spikingNetwork, 2)
    const batches = run(4 * batchSize)
    // So large a rate makes weights of which the sums of the next step are infinite.
    const rates = Float64Array.of(0.001, 3e38, 0.001, 0.001)
    const all = oneByOne(wanted, batches, rates.subarray(0, 3))
    const end = all.findIndex(({ loss, notFinite }) => !Number.isFinite(loss) || notFinite !== undefined)
    expect([end > 0, end < 3]).toEqual([true, true])
    expect(executor.trainInTurn(batches, rates)).toEqual(all.slice(0, end + 1))
  })

  it('end with a step that leaves a parameter not finite, which the last result names', () => {
    const executor = inTurn(staticNetwork, 2)
    const wanted = prepared(staticNetwork, 1)
    const batches = run(4 * batchSize)
    const rates = Float64Array.of(0.001, Number.NaN, 0.001, 0.001)
    const results = executor.trainInTurn(batches, rates)
    expect(results).toEqual(oneByOne(wanted, batches, rates.subarray(0, 2)))
    expect(results.map(({ notFinite }) => notFinite !== undefined)).toEqual([false, true])
    expect(executor.readState()).toEqual(wanted.readState())
  })

  it('say nothing of a parameter that an earlier call left not finite', () => {
    const executor = inTurn(staticNetwork, 2)
    const good = executor.readState()
    const spoilt = structuredClone(good)
    const moment = spoilt.optimizer.find(({ name }) => name === 'fc1.weight.firstMoment')
    moment?.data.fill(Infinity, 0, 1)
    executor.writeState(spoilt)
    const batches = run(4 * batchSize)
    const names = () => executor.trainInTurn(batches, ratesOf(4)).map(({ notFinite }) => notFinite)
    expect(names()).toEqual(['fc1.weight'])
    executor.writeState(good)
    expect(names()).toEqual([undefined, undefined, undefined, undefined])
  })

  it('are refused whole where a sample is not there, and change nothing', () => {
    const executor = inTurn(staticNetwork, 2)
    const before = executor.readState()
    const indices = indicesFrom(0, 3 * batchSize)
    indices[2 * batchSize + 3] = 60
    const train = (batches: SampleBatch) => () => executor.trainInTurn(batches, ratesOf(3))
    expect(train(run(0, { indices }))).toThrow('Sample 60 was asked for')
    expect(train(run(3 * batchSize, { next: Uint32Array.of(4_000_000_000) }))).toThrow('Sample 4000000000')
    expect(train(run(3 * batchSize, { split: 'test' }))).toThrow('No images are bound')
    expect(executor.readState()).toEqual(before)
  })

  it.each([
    { samples: 0, steps: 0, why: 'there is no learning rate' },
    { samples: 0, steps: 1, why: 'there are 0 samples for 1 steps, which take 1 to 50' },
    { samples: 51, steps: 1, why: 'there are 51 samples for 1 steps, which take 1 to 50' },
    { samples: 100, steps: 3, why: 'there are 100 samples for 3 steps, which take 101 to 150' },
    { samples: 151, steps: 3, why: 'there are 151 samples for 3 steps, which take 101 to 150' },
  ])('are refused with $samples samples for $steps', ({ samples, steps, why }) => {
    const executor = inTurn(staticNetwork, 2)
    expect(() => executor.trainInTurn(run(samples), ratesOf(steps))).toThrow(why)
  })

  it('are refused of networks whose steps average batches or that are given their input', () => {
    const averaging = prepared({ ...staticNetwork, accumulation: 3 }, 2)
    expect(trainsInTurn(averaging)).toBe(false)
    expect(() => averaging.trainInTurn?.(run(batchSize), ratesOf(1))).toThrow('averages 3 batches')
    const encoding = { kind: 'given', static: true, spikes: false } as const
    const given = nativeBackend.create(compileNetwork({ ...staticNetwork, encoding }), 1)
    expect(() => given.trainInTurn?.(run(batchSize), ratesOf(1))).toThrow('This program takes values')
  })

  it('are not to be had of the reference engine', () => {
    expect(trainsInTurn(prepared(staticNetwork, 1, referenceBackend))).toBe(false)
  })
})
