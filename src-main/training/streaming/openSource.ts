import { availableParallelism } from 'node:os'
import { memoryField } from '../../../src-shared/experimentFields.ts'
import { beforeScale, sampleRoute } from '../../../src-shared/sampleRoute.ts'
import { transformImages } from '../../encoding/transformedImages.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import type { Batch, Executor } from '../../engine/executor.ts'
import { boundSource, type BatchSource } from '../source.ts'
import { inlineSource } from './inlineSource.ts'
import { makeBatch, type BatchCoding, type BatchRequest } from './makeBatch.ts'
import { PrefetchingSource } from './prefetchingSource.ts'
import { readerOf } from './sampleReader.ts'

/** Binds the splits that have any images where the engine encodes them itself. */
export function bindImages(executor: Executor, dataset: Dataset, coding: BatchCoding): boolean {
  if (dataset.kind !== 'images' || sampleRoute(coding) !== 'bound') return false
  const { train, test } = transformImages(dataset, beforeScale(coding.transforms))
  if (train.count > 0) executor.bind('train', train)
  if (test.count > 0) executor.bind('test', test)
  return true
}

/** How samples are made ahead; it changes no number of a run. */
export interface StreamingOptions {
  /** Threads that read, transform and encode samples; 0 leaves it to the thread that trains. */
  threads: number
  /** MiB that the batches made ahead may take together. */
  memory: number
}

/** Half of the cores, at most 4; the engine has the others while it computes. */
export function defaultStreaming(): StreamingOptions {
  return { threads: Math.min(4, Math.ceil(availableParallelism() / 2)), memory: memoryField.default }
}

/** Where the batches of an executor come from: its bound images, or what is made of the samples outside. */
export function openSource(
  executor: Executor,
  dataset: Dataset,
  coding: BatchCoding,
  { threads, memory } = defaultStreaming(),
): BatchSource {
  if (bindImages(executor, dataset, coding)) return boundSource(dataset)
  if (threads === 0) return inlineSource(dataset, coding)
  return new PrefetchingSource(dataset, coding, { threads, memory: memory * 2 ** 20 })
}

/** A single batch for an executor whose images are bound where they can be. */
export function batchOf(dataset: Dataset, coding: BatchCoding, request: BatchRequest): Batch {
  const bound = dataset.kind === 'images' && sampleRoute(coding) === 'bound'
  return bound ? { kind: 'samples', ...request } : makeBatch(readerOf(dataset), coding, request).batch
}
