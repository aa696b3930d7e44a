/** What layers of neurons hand from one stretch of steps to the next, and what goes back over its start. */
export class Borders {
  readonly #left = new Map<string, Float32Array>()
  readonly #carried = new Map<string, Float64Array>()

  /** States of all neurons after a stretch, and their spikes: `[B,N,states + 1]`. */
  left(layer: string, stretch: number, length: number): Float32Array {
    const key = `${stretch} ${layer}`
    const found = this.#left.get(key) ?? new Float32Array(length)
    this.#left.set(key, found)
    return found
  }

  /** Gradients at the same before a stretch: of the states, and of what is heard of a neuron. */
  carried(layer: string, length: number): Float64Array {
    const found = this.#carried.get(layer) ?? new Float64Array(length)
    this.#carried.set(layer, found)
    return found
  }

  release(): void {
    this.#left.clear()
    this.#carried.clear()
  }
}
