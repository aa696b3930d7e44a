import type { EventCounts } from '../../src-shared/contract.ts'
import { inOrder } from '../../src-shared/philox.ts'
import type { Dataset } from '../datasets/dataset.ts'
import type { Batch, SampleBatch, Split } from '../engine/executor.ts'
import { batchIndices } from './batches.ts'

/** Samples of a split in an order: an epoch of training, or a test. */
export interface Pass {
  split: Split
  /** Keys the random streams of training; 0 for a test. */
  epoch: number
  order: Uint32Array
  batchSize: number
  /** Batch to begin with, counted from 0. */
  first: number
  /** Batches of the whole pass; the last one may be short. */
  batches: number
}

/** A batch, and what became of the events of its recordings: null of images. */
export interface SourcedBatch {
  batch: Batch
  events: EventCounts | null
}

/** The batches of a pass, in order. */
export interface BatchStream {
  /**
   * The next batch; a promise where it is not there yet, which rejects with the error of making it. Its arrays are good
   * until the source is asked for another one, which may be made in them.
   */
  next(): SourcedBatch | Promise<SourcedBatch>
  /**
   * The next batches as one, their samples one after the other: as many as there are up to `most`, at least one. Only
   * where batches are places in what is bound.
   */
  nextInTurn?(most: number): SampleBatch
}

/** Batches of bound images, which can be had several at once. */
export interface BoundStream extends Required<BatchStream> {
  next(): SourcedBatch
}

/** Samples of one split, as far as the loop knows them. */
export interface SplitFacts {
  count: number
  labels: Uint8Array
}

/** Where batches come from. */
export interface BatchSource {
  readonly classes: readonly string[]
  readonly train: SplitFacts
  readonly test: SplitFacts
  /** Announces a pass, so that its batches may be made ahead. Passes are taken in the order of their opening. */
  open(pass: Pass): BatchStream
  /** Ends what works ahead; batches that were not taken are lost. */
  close(): void
}

/** Images that are bound to the executor. */
export interface BoundSource extends BatchSource {
  open(pass: Pass): BoundStream
}

/** Every sample of a split in file order. */
export function wholeSplit(source: BatchSource, split: Split, batchSize: number): Pass {
  const order = inOrder(source[split].count)
  return { split, epoch: 0, order, batchSize, first: 0, batches: Math.ceil(order.length / batchSize) }
}

/** Batches of a dataset whose images are bound to the executor, which encodes them itself: only places. */
export function boundSource({ classes, train, test }: Dataset): BoundSource {
  return {
    ...{ classes, train, test },
    open({ split, epoch, order, batchSize, first, batches }) {
      let index = first
      const nextInTurn = (most: number): SampleBatch => {
        const start = index * batchSize
        index = Math.min(index + most, batches)
        const indices = order.subarray(start, Math.min(index * batchSize, order.length))
        const next = batchIndices(order, batchSize, index)
        return { kind: 'samples', split, indices, next, epoch }
      }
      return { nextInTurn, next: () => ({ batch: nextInTurn(1), events: null }) }
    },
    close() {},
  }
}
