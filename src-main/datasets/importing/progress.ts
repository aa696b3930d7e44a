import { setImmediate } from 'node:timers/promises'
import type { ImportProgress, RefusedImport } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'

/** Between two turns of the event loop, ms: cancelling and previews wait no longer than this and one recording. */
const sliceMilliseconds = 20
/** Between two reports, ms. */
const reportMilliseconds = 200
/** Before an estimate of the time left is given, ms. */
const estimateAfter = 1000

export interface ImportWatch {
  /** Hears how far the import is, at most five times a second and at its end. */
  progress?(progress: ImportProgress): void
  signal?: AbortSignal
  /** Hears what is wrong with the samples before the import fails over it. */
  refused?(refused: RefusedImport): void
}

/** Counts what an import has read, reports it, and lets others have their turn. */
export class ProgressMeter {
  readonly #watch: ImportWatch
  readonly #path: string
  readonly #total: { samples: number; bytes: number }
  readonly #start = performance.now()
  #samples = 0
  #bytes = 0
  #turnAt = performance.now()
  #reportAt = performance.now()

  /** `path` is what is imported, in messages and reports. */
  constructor(path: string, total: { samples: number; bytes: number }, watch: ImportWatch) {
    this.#path = path
    this.#total = total
    this.#watch = watch
    this.#report()
  }

  get samples(): number {
    return this.#samples
  }

  /** Another sample is done. Throws `dataset.cancelled` where that was asked for. */
  async add(bytes: number): Promise<void> {
    this.#samples++
    this.#bytes += bytes
    this.requireGoingOn()
    const now = performance.now()
    if (now - this.#reportAt >= reportMilliseconds) {
      this.#reportAt = now
      this.#report()
    }
    if (now - this.#turnAt < sliceMilliseconds) return
    await setImmediate()
    this.#turnAt = performance.now()
    this.requireGoingOn()
  }

  end(): void {
    this.#report()
  }

  /** Throws `dataset.cancelled` where that was asked for. */
  requireGoingOn(): void {
    if (this.#watch.signal?.aborted) throw new SpikedeskError('dataset.cancelled', { path: this.#path })
  }

  #report(): void {
    const elapsed = performance.now() - this.#start
    const rate = elapsed > 0 ? (this.#bytes / elapsed) * 1000 : 0
    const left = Math.max(0, this.#total.bytes - this.#bytes)
    this.#watch.progress?.({
      path: this.#path,
      samples: this.#samples,
      totalSamples: this.#total.samples,
      bytes: this.#bytes,
      totalBytes: this.#total.bytes,
      bytesPerSecond: rate,
      etaSeconds: elapsed < estimateAfter || rate === 0 ? null : left / rate,
    })
  }
}
