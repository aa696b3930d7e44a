import type { ErrorMessage } from '../../../src-shared/errors/index.ts'
import type { EventDataset } from '../../datasets/dataset.ts'
import type { Split } from '../../engine/executor.ts'
import type { BatchCoding, BatchRequest, BatchRoom, MadeBatch } from './makeBatch.ts'

/** What a thread needs of a split to read its recordings itself. */
export interface PackedSplit {
  path: string
  offsets: Float64Array
  eventCounts: Uint32Array
  labels: Uint8Array
}

/** With what a thread is started. Images lie in the memory of the main thread and come with each request. */
export interface WorkerStart {
  coding: BatchCoding
  shape: readonly number[]
  packed: Record<Split, PackedSplit> | null
}

/** `[B,C,H,W]` and `[B]`. */
export interface SentImages {
  pixels: Uint8Array<ArrayBuffer>
  labels: Uint8Array
}

export interface WorkerRequest {
  id: number
  request: BatchRequest
  images: SentImages | null
  /** To make the batch in; it comes back with it. */
  room: BatchRoom
}

export type WorkerAnswer = { id: number; made: MadeBatch } | { id: number; error: ErrorMessage }

export function packedSplits({ train, test }: EventDataset): Record<Split, PackedSplit> {
  const splits = { train, test }
  const packed = (split: Split): PackedSplit => {
    const { packed: place, eventCounts, labels } = splits[split]
    return { ...place, eventCounts, labels }
  }
  return { train: packed('train'), test: packed('test') }
}
