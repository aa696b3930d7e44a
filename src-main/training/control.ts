/** What somebody wants of a running loop; read between batches. */
export type Wish = 'run' | 'pause' | 'stop'

/** The wishes of one run. A stop is final; a pause holds until `resume` or `stop`. */
export class LoopControl {
  #wish: Wish = 'run'
  #release: (() => void) | null = null

  get wish(): Wish {
    return this.#wish
  }

  pause(): void {
    if (this.#wish === 'run') this.#wish = 'pause'
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

  #change(wish: Wish): void {
    this.#wish = wish
    this.#release?.()
    this.#release = null
  }
}
