/** Milliseconds of some clock that only goes forward. */
export type Clock = () => number

/** Adds up the time between `start` and `stop`. */
export class Stopwatch {
  readonly #clock: Clock
  #total = 0
  #since: number | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  start(): void {
    this.#since ??= this.#clock()
  }

  stop(): void {
    this.#total = this.#elapsed()
    this.#since = null
  }

  reset(): void {
    this.#total = 0
    this.#since = null
  }

  get running(): boolean {
    return this.#since !== null
  }

  /** Seconds up to now. */
  get seconds(): number {
    return this.#elapsed() / 1000
  }

  #elapsed(): number {
    return this.#since === null ? this.#total : this.#total + this.#clock() - this.#since
  }
}

/** Things per second; 0 before any time has passed. */
export function rate(count: number, seconds: number): number {
  return seconds > 0 ? count / seconds : 0
}
