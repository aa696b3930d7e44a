import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import { batchIndices } from '../batches.ts'
import type { BatchSource, BatchStream, Pass, SplitFacts } from '../source.ts'
import { roomOf, type BatchCoding, type BatchRequest, type BatchRoom, type MadeBatch } from './makeBatch.ts'
import { roomBytes } from './roomBytes.ts'
import { bytesOf, freeRoom, RoomPool } from './roomPool.ts'
import { readerOf } from './sampleReader.ts'
import { packedSplits, type SentImages } from './workerContract.ts'
import { WorkerPool } from './workerPool.ts'

/** A batch on its way, in the order of its pass. */
interface Slot {
  outcome: MadeBatch | SpikedeskError | null
  /** Called when the outcome is there. */
  wake: (() => void) | null
}

interface OpenPass {
  pass: Pass
  /** The next batch to have made. */
  asked: number
  slots: Slot[]
}

export interface PrefetchOptions {
  /** Threads that make batches. */
  threads: number
  /** Bytes that batches made ahead may take; one is always made. */
  memory: number
}

/**
 * Batches made by threads ahead of who takes them, in the order of the passes: the same batches as `makeBatch`
 * gives, whatever the threads and the memory. They are made in the buffers of those that were taken before; all buffers
 * together, with the batch in use and what waits to be filled, take at most `memory` bytes.
 */
export class PrefetchingSource implements BatchSource {
  readonly classes: readonly string[]
  readonly train: SplitFacts
  readonly test: SplitFacts
  readonly #dataset: Dataset
  readonly #coding: BatchCoding
  readonly #options: PrefetchOptions
  readonly #pool: WorkerPool
  readonly #rooms = new RoomPool()
  readonly #passes: OpenPass[] = []
  /** Bytes of the images that threads make batches of. */
  #sent = 0
  /** Of the batch in use. */
  #inUse: BatchRoom | null = null

  constructor(dataset: Dataset, coding: BatchCoding, options: PrefetchOptions) {
    this.classes = dataset.classes
    this.train = dataset.train
    this.test = dataset.test
    this.#dataset = dataset
    this.#coding = coding
    this.#options = options
    const { transforms, encoding, timeSteps, seed } = coding
    const packed = dataset.kind === 'events' ? packedSplits(dataset) : null
    this.#pool = new WorkerPool(options.threads, {
      coding: { transforms, encoding, timeSteps, seed },
      shape: dataset.shape,
      packed,
    })
  }

  open(pass: Pass): BatchStream {
    const opened: OpenPass = { pass, asked: pass.first, slots: [] }
    this.#passes.push(opened)
    this.#fill()
    return { next: () => this.#next(opened) }
  }

  /** Bytes of all batches that are made, to be made and in use, with what they are made of and in. */
  get heldBytes(): number {
    return this.#rooms.bytes + this.#sent
  }

  close(): void {
    for (const { slots } of this.#passes.splice(0)) {
      for (const { outcome } of slots) {
        if (outcome && !(outcome instanceof SpikedeskError)) freeRoom(roomOf(outcome))
      }
    }
    this.#rooms.close()
    this.#pool.close()
  }

  #next(opened: OpenPass): MadeBatch | Promise<MadeBatch> {
    if (this.#inUse) this.#rooms.giveBack(this.#inUse)
    this.#inUse = null
    if (opened.slots.length === 0) this.#ask(opened)
    const slot = opened.slots[0]
    if (slot.outcome) return this.#take(opened)
    return new Promise((resolve, reject) => {
      slot.wake = () => {
        try {
          resolve(this.#take(opened))
        } catch (thrown) {
          reject(thrown instanceof Error ? thrown : new Error(String(thrown)))
        }
      }
    })
  }

  #take(opened: OpenPass): MadeBatch {
    const slot = opened.slots.shift()
    if (!slot?.outcome) throw new Error('a batch was taken before it was there')
    if (slot.outcome instanceof SpikedeskError) throw slot.outcome
    this.#inUse = roomOf(slot.outcome)
    if (opened.slots.length === 0 && opened.asked === opened.pass.batches) {
      this.#passes.splice(this.#passes.indexOf(opened), 1)
    }
    this.#fill()
    return slot.outcome
  }

  /** Has batches made as far as the memory goes, those that are needed first first. */
  #fill(): void {
    for (const opened of this.#passes) {
      while (opened.asked < opened.pass.batches) {
        const request = this.#request(opened)
        const lengths = roomBytes(this.#dataset, this.#coding, request)
        if (!this.#rooms.admits(lengths, this.#limit(request))) return
        this.#ask(opened)
      }
    }
  }

  /** Bytes that buffers may take when a batch is asked for. */
  #limit(request: BatchRequest): number {
    return this.#options.memory - this.#sent - this.#imageBytes(request)
  }

  #request({ pass, asked }: OpenPass): BatchRequest {
    const { split, epoch, order, batchSize } = pass
    return { split, epoch, indices: batchIndices(order, batchSize, asked).slice() }
  }

  #ask(opened: OpenPass): void {
    const request = this.#request(opened)
    opened.asked++
    const room = this.#rooms.take(roomBytes(this.#dataset, this.#coding, request), this.#limit(request))
    const slot: Slot = { outcome: null, wake: null }
    opened.slots.push(slot)
    const bytes = bytesOf(room)
    const sent = this.#imageBytes(request)
    this.#sent += sent
    this.#pool.ask({ request, images: this.#imagesOf(request), room }, (made) => {
      slot.outcome = made
      this.#sent -= sent
      this.#rooms.changed((made instanceof SpikedeskError ? 0 : bytesOf(roomOf(made))) - bytes)
      if (slot.wake) slot.wake()
      else this.#fill()
    })
  }

  #imageBytes({ indices }: BatchRequest): number {
    const { kind, shape } = this.#dataset
    return kind === 'images' ? indices.length * elementCount(shape) : 0
  }

  #imagesOf(request: BatchRequest): SentImages | null {
    const { split, indices } = request
    const reader = readerOf(this.#dataset)
    if (reader.kind === 'events') return null
    const pixels = new Uint8Array(this.#imageBytes(request))
    const size = pixels.length / indices.length
    indices.forEach((index, place) => pixels.set(reader.image(split, index), place * size))
    return { pixels, labels: Uint8Array.from(indices, (index) => reader.label(split, index)) }
  }
}
