import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  batchesPerEpoch,
  batchIndices,
  epochOrder,
  samplesPerEpoch,
  type BatchPlan,
} from '../../../src-main/training/batches.ts'

const plans = fc.record({
  samples: fc.integer({ min: 1, max: 300 }),
  batchSize: fc.integer({ min: 1, max: 64 }),
  dropLast: fc.boolean(),
  seed: fc.integer({ min: 0, max: 4294967295 }),
})

function batchesOf(plan: BatchPlan, epoch: number): number[][] {
  const order = epochOrder(plan, epoch)
  return Array.from({ length: batchesPerEpoch(plan) }, (_, i) => [...batchIndices(order, plan.batchSize, i)])
}

describe('batches of an epoch', () => {
  it('take every sample once, but for a last batch that is dropped', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 50 }), (plan, epoch) => {
        const batches = batchesOf(plan, epoch)
        const samples = batches.flat()
        expect(new Set(samples).size).toBe(samples.length)
        expect(samples.length).toBe(samplesPerEpoch(plan))
        expect(samples.every((index) => index < plan.samples)).toBe(true)
        const sizes = batches.map((batch) => batch.length)
        expect(sizes.slice(0, -1).every((size) => size === plan.batchSize)).toBe(true)
        if (plan.dropLast) expect(sizes.every((size) => size === plan.batchSize)).toBe(true)
        else expect(samples.length).toBe(plan.samples)
      }),
    )
  })

  it('come in an order that depends on seed and epoch alone', () => {
    const plan = { samples: 200, batchSize: 32, dropLast: false, seed: 3 }
    expect(batchesOf(plan, 2)).toEqual(batchesOf({ ...plan }, 2))
    expect(batchesOf(plan, 2)).not.toEqual(batchesOf(plan, 3))
    expect(batchesOf(plan, 2)).not.toEqual(batchesOf({ ...plan, seed: 4 }, 2))
  })
})
