/** Losses of consecutive batches; the first is that of step `firstStep`, counted from 0. */
export interface LossChunk {
  firstStep: number
  losses: Float32Array
}

/** Losses not yet taken, in a buffer that grows by doubling. */
export class LossBuffer {
  #values = new Float32Array(1024)
  #firstStep: number
  #length = 0

  /** `firstStep` is the step of the first loss that will be pushed. */
  constructor(firstStep: number) {
    this.#firstStep = firstStep
  }

  get length(): number {
    return this.#length
  }

  push(loss: number): void {
    if (this.#length === this.#values.length) {
      const larger = new Float32Array(2 * this.#length)
      larger.set(this.#values)
      this.#values = larger
    }
    this.#values[this.#length++] = loss
  }

  /** A copy of everything since `skip` losses after the first one. */
  peek(skip = 0): LossChunk {
    return { firstStep: this.#firstStep + skip, losses: this.#values.slice(skip, this.#length) }
  }

  clear(): void {
    this.#firstStep += this.#length
    this.#length = 0
  }
}
