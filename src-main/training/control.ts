/** What somebody wants of a running loop; read between batches. */
export type Wish = 'run' | 'pause' | 'stop'

/** The wishes of one run. A stop is final; a pause holds until `resume` or `stop`. */
export class LoopControl {
  #wish: Wish = 'run'
  #release: (() => void) | null = null
  #hear: (() => void) | null = null

  get wish(): Wish {
    return this.#wish
  }

  pause(): void {
    if (this.#wish === 'run') this.#change('pause')
  }

  resume(): void {
    if (this.#wish === 'pause') this.#change('run')
  }

  stop(): void {
    this.#change('stop')
  }

  /** Resolves as soon as the wish is not to pause. */
  released(): Promise<void> {
    if (this.#wish !== 'pause') return Promise.resolve()
    return new Promise((resolve) => {
      this.#release = resolve
    })
  }

  /** Resolves as soon as somebody wishes anything but that it runs. */
  asked(): Promise<void> {
    if (this.#wish !== 'run') return Promise.resolve()
    return new Promise((resolve) => {
      this.#hear = resolve
    })
  }

  #change(wish: Wish): void {
    this.#wish = wish
    if (wish !== 'run') this.#hear?.()
    if (wish !== 'pause') this.#release?.()
  }
}
