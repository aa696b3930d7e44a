import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { fromErrorMessage, SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { MadeBatch } from './makeBatch.ts'
import type { WorkerAnswer, WorkerRequest, WorkerStart } from './workerContract.ts'

/** The entry of a thread: beside this file, or what it was built to, above the built chunk that this file is in. */
function workerEntry(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  for (;;) {
    const found = ['sampleWorker.ts', 'sampleWorker.js'].find((name) => existsSync(join(folder, name)))
    if (found) return join(folder, found)
    const above = dirname(folder)
    if (above === folder) throw new Error('the entry of the threads that read samples is missing')
    folder = above
  }
}

/** Of JavaScript's own memory: batches lie elsewhere, so that a nursery of the usual size would only fill. */
const resourceLimits = { maxYoungGenerationSizeMb: 3 }

export type Settle = (made: MadeBatch | SpikedeskError) => void

interface Seat {
  worker: Worker
  /** Requests under way. */
  pending: Map<number, Settle>
}

/** Threads that make batches; a request goes to the one with the least to do. */
export class WorkerPool {
  readonly #seats: Seat[]
  #lastId = 0
  #failure: SpikedeskError | null = null

  constructor(threads: number, start: WorkerStart) {
    const entry = workerEntry()
    this.#seats = Array.from({ length: threads }, () => {
      const seat: Seat = {
        worker: new Worker(entry, { workerData: start, execArgv: [], resourceLimits }),
        pending: new Map(),
      }
      seat.worker.on('message', (answer: WorkerAnswer) => {
        const settle = seat.pending.get(answer.id)
        seat.pending.delete(answer.id)
        settle?.('made' in answer ? answer.made : fromErrorMessage(answer.error))
      })
      seat.worker.on('error', (error: Error) => this.#fail(error.message))
      return seat
    })
  }

  /** Has a batch made; the buffers of what is sent go with it. `settle` is told once. */
  ask(order: Omit<WorkerRequest, 'id'>, settle: Settle): void {
    if (this.#failure) {
      settle(this.#failure)
      return
    }
    const seat = this.#seats.reduce((least, other) =>
      other.pending.size < least.pending.size ? other : least,
    )
    const message: WorkerRequest = { id: ++this.#lastId, ...order }
    const { images, room } = order
    seat.pending.set(message.id, settle)
    seat.worker.postMessage(message, images ? [images.pixels.buffer, ...room] : [...room])
  }

  /** Ends the threads at once; what is under way is never told. */
  close(): void {
    for (const { worker, pending } of this.#seats) {
      pending.clear()
      void worker.terminate()
    }
  }

  #fail(reason: string): void {
    const failure = (this.#failure ??= new SpikedeskError('data.threadFailed', { reason }))
    for (const { pending } of this.#seats) {
      const waiting = [...pending.values()]
      pending.clear()
      for (const settle of waiting) settle(failure)
    }
  }
}
