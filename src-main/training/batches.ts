import { permutation, purposes } from '../../src-shared/philox.ts'
import { nativePermute } from '../native/order.ts'

/** How the training samples are cut into batches. */
export interface BatchPlan {
  /** Samples of the training split. */
  samples: number
  batchSize: number
  /** Whether a last batch that is not full is left out. */
  dropLast: boolean
  /** Key of the shuffle. */
  seed: number
}

/** Batches of an epoch; 0 where `dropLast` leaves none. */
export function batchesPerEpoch(plan: BatchPlan): number {
  const { samples, batchSize, dropLast } = plan
  return dropLast ? Math.floor(samples / batchSize) : Math.ceil(samples / batchSize)
}

/** Samples that an epoch trains on. */
export function samplesPerEpoch(plan: BatchPlan): number {
  return plan.dropLast ? batchesPerEpoch(plan) * plan.batchSize : plan.samples
}

/**
 * The order of an epoch, counted from 1: a permutation of all samples, drawn from (seed, shuffle, epoch), so
 * that any epoch can be had without those before it. It is written over `past`, the order of an epoch that is over,
 * where that has its length: new memory takes longer than the shuffle.
 */
export function epochOrder(plan: BatchPlan, epoch: number, past?: Uint32Array): Uint32Array {
  const { samples, seed } = plan
  const order = past?.length === samples ? past : new Uint32Array(samples)
  const permute = nativePermute()
  if (!permute) return permutation(samples, seed, 'shuffle', epoch, order)
  permute(order, seed >>> 0, purposes.shuffle, epoch >>> 0)
  return order
}

/** Samples of batch `index` (from 0) as a view into the epoch's order; the last one may be short. */
export function batchIndices(order: Uint32Array, batchSize: number, index: number): Uint32Array {
  return order.subarray(index * batchSize, Math.min((index + 1) * batchSize, order.length))
}

/** Steps of the optimizer in an epoch; the last one averages what is left. */
export function stepsPerEpoch(batches: number, accumulation: number): number {
  return Math.ceil(batches / accumulation)
}

/** The step of the epoch that batch `index` belongs to, both from 0, and whether it is the last batch of it. */
export function groupOf(
  index: number,
  accumulation: number,
  batches: number,
): { step: number; closes: boolean } {
  const closes = (index + 1) % accumulation === 0 || index + 1 === batches
  return { step: Math.floor(index / accumulation), closes }
}
