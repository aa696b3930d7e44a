import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import { batchIndices } from '../batches.ts'
import type { BatchSource, BatchStream, Pass, SplitFacts } from '../source.ts'
import { batchBytes, bytesOf } from './batchBytes.ts'
import type { BatchCoding, BatchRequest, MadeBatch } from './makeBatch.ts'
import { readerOf } from './sampleReader.ts'
import { packedSplits, type WorkerRequest } from './workerContract.ts'
import { WorkerPool } from './workerPool.ts'

/** While a batch is made, its thread holds buffers that grow by doubling, and a copy of the right length. */
const makingFactor = 3

/** A batch on its way, in the order of its pass. */
interface Slot {
  bytes: number
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
 * gives, whatever the threads and the memory. Together with the one in use they take at most `memory` bytes.
 */
export class PrefetchingSource implements BatchSource {
  readonly classes: readonly string[]
  readonly train: SplitFacts
  readonly test: SplitFacts
  readonly #dataset: Dataset
  readonly #coding: BatchCoding
  readonly #options: PrefetchOptions
  readonly #pool: WorkerPool
  readonly #passes: OpenPass[] = []
  #held = 0
  #inUse = 0

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

  /** Bytes that the batches made ahead and the one in use take, with what those being made may take. */
  get heldBytes(): number {
    return this.#held
  }

  close(): void {
    this.#passes.length = 0
    this.#pool.close()
  }

  #next(opened: OpenPass): MadeBatch | Promise<MadeBatch> {
    this.#held -= this.#inUse
    this.#inUse = 0
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
    this.#inUse = slot.bytes
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
        const bytes = makingFactor * batchBytes(this.#dataset, this.#coding, this.#request(opened))
        if (this.#held > 0 && this.#held + bytes > this.#options.memory) return
        this.#ask(opened)
      }
    }
  }

  #request({ pass, asked }: OpenPass): BatchRequest {
    const { split, epoch, order, batchSize } = pass
    return { split, epoch, indices: batchIndices(order, batchSize, asked).slice() }
  }

  #ask(opened: OpenPass): void {
    const request = this.#request(opened)
    opened.asked++
    const bytes = makingFactor * batchBytes(this.#dataset, this.#coding, request)
    const slot: Slot = { bytes, outcome: null, wake: null }
    opened.slots.push(slot)
    this.#held += bytes
    this.#pool.ask(request, this.#imagesOf(request), (made) => {
      slot.outcome = made
      const taken = made instanceof SpikedeskError ? 0 : bytesOf(made.batch)
      this.#held += taken - slot.bytes
      slot.bytes = taken
      if (slot.wake) slot.wake()
      else this.#fill()
    })
  }

  #imagesOf({ split, indices }: BatchRequest): WorkerRequest['images'] {
    const reader = readerOf(this.#dataset)
    if (reader.kind === 'events') return null
    const size = reader.shape.reduce((product, length) => product * length, 1)
    const pixels = new Uint8Array(indices.length * size)
    indices.forEach((index, place) => pixels.set(reader.image(split, index), place * size))
    return { pixels, labels: Uint8Array.from(indices, (index) => reader.label(split, index)) }
  }
}
