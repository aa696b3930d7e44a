/**
 * A series of numbers that grows at its end, such as the loss of every batch. Room is doubled as needed, so
 * that following a long run costs no more than its new values.
 */
export class GrowingSeries {
  private buffer = new Float32Array(1024)
  private used = 0

  get length(): number {
    return this.used
  }

  /** A fresh view of everything written so far; stays valid, and does not show what comes later. */
  view(): Float32Array {
    return this.buffer.subarray(0, this.used)
  }

  clear(): void {
    this.buffer = new Float32Array(1024)
    this.used = 0
  }

  /**
   * Writes `values` from position `first` on. What is known already may come again (a stream that overlaps the
   * history); values that differ from the known ones are newer, and what stood behind them is dropped (a run
   * that went back to its checkpoint).
   *
   * @returns false where values before `first` are missing; nothing is written then
   */
  write(first: number, values: Float32Array): boolean {
    if (first > this.used) return false
    const end = first + values.length
    if (!this.matches(first, values)) {
      this.reserve(end, first)
      this.buffer.set(values, first)
      this.used = end
    } else if (end > this.used) {
      this.reserve(end, this.used)
      this.buffer.set(values, first)
      this.used = end
    }
    return true
  }

  private matches(first: number, values: Float32Array): boolean {
    const overlap = Math.min(this.used - first, values.length)
    for (let i = 0; i < overlap; i++) if (!Object.is(this.buffer[first + i], values[i])) return false
    return true
  }

  /** Views that were handed out must not change under their readers, so what is rewritten moves to new room. */
  private reserve(needed: number, keep: number): void {
    if (needed <= this.buffer.length && keep === this.used) return
    const larger = new Float32Array(Math.max(1024, 2 ** Math.ceil(Math.log2(needed + 1))))
    larger.set(this.buffer.subarray(0, keep))
    this.buffer = larger
  }
}
