import type { Dataset } from '../../datasets/dataset.ts'
import { batchIndices } from '../batches.ts'
import type { BatchSource } from '../source.ts'
import { makeBatch, roomOf, type BatchCoding, type BatchRoom } from './makeBatch.ts'
import { readerOf } from './sampleReader.ts'

/** Batches that are made when they are asked for, on the thread that asks, each in the place of the one before. */
export function inlineSource(dataset: Dataset, coding: BatchCoding): BatchSource {
  const { classes, train, test } = dataset
  const reader = readerOf(dataset)
  let room: BatchRoom = []
  return {
    ...{ classes, train, test },
    open({ split, epoch, order, batchSize, first }) {
      let index = first
      return {
        next() {
          const indices = batchIndices(order, batchSize, index++)
          const made = makeBatch(reader, coding, { split, indices, epoch }, room)
          room = roomOf(made)
          return made
        },
      }
    },
    close() {},
  }
}
