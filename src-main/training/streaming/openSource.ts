import { sampleRoute } from '../../../src-shared/sampleRoute.ts'
import { transformImages } from '../../encoding/transformedImages.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import type { Batch, Executor } from '../../engine/executor.ts'
import { boundSource, type BatchSource } from '../source.ts'
import { inlineSource } from './inlineSource.ts'
import { makeBatch, type BatchCoding, type BatchRequest } from './makeBatch.ts'

/** Binds the splits that have any images where the engine encodes them itself. */
export function bindImages(executor: Executor, dataset: Dataset, coding: BatchCoding): boolean {
  if (dataset.kind !== 'images' || sampleRoute(coding) !== 'bound') return false
  const { train, test } = transformImages(dataset, coding.transforms)
  if (train.count > 0) executor.bind('train', train)
  if (test.count > 0) executor.bind('test', test)
  return true
}

/** Where the batches of an executor come from: its bound images, or what is made of the samples outside. */
export function openSource(executor: Executor, dataset: Dataset, coding: BatchCoding): BatchSource {
  return bindImages(executor, dataset, coding) ? boundSource(dataset) : inlineSource(dataset, coding)
}

/** A single batch for an executor whose images are bound where they can be. */
export function batchOf(dataset: Dataset, coding: BatchCoding, request: BatchRequest): Batch {
  const bound = dataset.kind === 'images' && sampleRoute(coding) === 'bound'
  return bound ? { kind: 'samples', ...request } : makeBatch(dataset, coding, request).batch
}
