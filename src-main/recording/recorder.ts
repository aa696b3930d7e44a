import { LossBuffer, type LossChunk } from './losses.ts'

/** At most this often are metrics written and sent. */
export const flushMilliseconds = 100

/** Where losses go: first to `commit`, which returns once they are written, then to `send`. */
export interface RecorderSinks<Progress> {
  commit(chunk: LossChunk, progress: Progress): void
  send(chunk: LossChunk, progress: Progress): void
}

/**
 * Keeps the losses between two flushes. Nothing is sent that is not committed, and metrics are sent at most ten
 * times a second; what has to be committed in between (the end of an epoch, a checkpoint) is sent with the rest.
 */
export class MetricsRecorder<Progress> {
  readonly #sinks: RecorderSinks<Progress>
  readonly #clock: () => number
  readonly #buffer: LossBuffer
  #committed = 0
  #lastSent = Number.NEGATIVE_INFINITY

  /** `firstStep` is the step of the first loss to come; `clock` counts milliseconds. */
  constructor(
    sinks: RecorderSinks<Progress>,
    firstStep: number,
    clock: () => number = () => performance.now(),
  ) {
    this.#sinks = sinks
    this.#clock = clock
    this.#buffer = new LossBuffer(firstStep)
  }

  push(loss: number): void {
    this.#buffer.push(loss)
  }

  /** Writes and sends where a tenth of a second has passed. */
  tick(progress: () => Progress): void {
    if (this.#clock() - this.#lastSent >= flushMilliseconds) this.flush(progress())
  }

  /** Writes what is not written yet. */
  commit(progress: Progress): void {
    if (this.#buffer.length === this.#committed) return
    this.#sinks.commit(this.#buffer.peek(this.#committed), progress)
    this.#committed = this.#buffer.length
  }

  /** Writes and sends everything now. */
  flush(progress: Progress): void {
    this.commit(progress)
    if (this.#buffer.length === 0) return
    this.#sinks.send(this.#buffer.peek(), progress)
    this.#buffer.clear()
    this.#committed = 0
    this.#lastSent = this.#clock()
  }
}
