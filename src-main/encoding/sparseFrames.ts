/**
 * Sparse frames that grow step by step, sample after sample: of each frame only the places that are not zero,
 * ascending.
 */
export class SparseFrames {
  /** Entries of step i are `starts[i]` up to `starts[i+1]`; `steps + 1` of them count. */
  starts: Uint32Array<ArrayBuffer>
  places: Uint32Array<ArrayBuffer>
  /** Null where every entry is 1. */
  values: Float32Array<ArrayBuffer> | null
  steps = 0
  length = 0

  constructor(binary: boolean, steps = 32, entries = 1024) {
    this.starts = new Uint32Array(steps + 1)
    this.places = new Uint32Array(entries)
    this.values = binary ? null : new Float32Array(entries)
  }

  /**
   * Empty frames that fill the given buffers, whatever lies in them; what does not fit gets larger ones.
   *
   * @param starts at least 4 bytes
   * @param values as many bytes as `places`; null where every entry is 1
   */
  static within(starts: ArrayBuffer, places: ArrayBuffer, values: ArrayBuffer | null): SparseFrames {
    const frames = new SparseFrames(values === null, 0, 0)
    frames.starts = new Uint32Array(starts)
    frames.starts[0] = 0
    frames.places = new Uint32Array(places)
    if (values) frames.values = new Float32Array(values)
    return frames
  }

  /** Makes room for `more` entries; what was there before moves, and its arrays are empty then. */
  reserve(more: number): void {
    const wanted = this.length + more
    if (wanted <= this.places.length) return
    const bytes = 4 * Math.max(wanted, 2 * this.places.length)
    this.places = new Uint32Array(this.places.buffer.transfer(bytes))
    if (this.values) this.values = new Float32Array(this.values.buffer.transfer(bytes))
  }

  /** Makes room for `more` steps, likewise. */
  reserveSteps(more: number): void {
    const wanted = this.steps + more + 1
    if (wanted <= this.starts.length) return
    const bytes = 4 * Math.max(wanted, 2 * this.starts.length)
    this.starts = new Uint32Array(this.starts.buffer.transfer(bytes))
  }

  /** Adds an entry to the open step; there must be room. */
  push(place: number, value: number): void {
    this.places[this.length] = place
    if (this.values) this.values[this.length] = value
    this.length++
  }

  /** Forgets every step; the room stays. */
  clear(): void {
    this.steps = 0
    this.length = 0
  }

  endStep(): void {
    this.reserveSteps(1)
    this.starts[++this.steps] = this.length
  }
}

/**
 * Moves the sums at marked places that are not zero to the end of `out` as one step, 1 each where binary, and clears
 * sums and marks. There must be room in `out`.
 *
 * @param marks a bit for each place that was touched
 */
export function flushMarked(
  sums: Int32Array | Float64Array,
  marks: Int32Array,
  binary: boolean,
  out: SparseFrames,
): void {
  const { places, values } = out
  let length = out.length
  for (let word = 0; word < marks.length; word++) {
    let bits = marks[word]
    if (bits === 0) continue
    marks[word] = 0
    while (bits !== 0) {
      const place = (word << 5) + 31 - Math.clz32(bits & -bits)
      bits &= bits - 1
      const sum = sums[place]
      sums[place] = 0
      if (sum === 0) continue
      places[length] = place
      if (values !== null) values[length] = binary ? 1 : sum
      length++
    }
  }
  out.length = length
  out.endStep()
}

/** One frame being added up, with a mark on every place that was touched. */
export class FrameSum {
  private readonly sums: Float64Array
  private readonly marks: Int32Array

  /** @param size places of a frame */
  constructor(size: number) {
    this.sums = new Float64Array(size)
    this.marks = new Int32Array((size + 31) >>> 5)
  }

  add(place: number, value: number): void {
    this.sums[place] += value
    this.marks[place >>> 5] |= 1 << (place & 31)
  }

  /** Moves what is not zero to the end of `frames` as one step, and begins anew. */
  flush(frames: SparseFrames): void {
    let touched = 0
    for (const word of this.marks) if (word !== 0) touched++
    frames.reserve(32 * touched)
    flushMarked(this.sums, this.marks, false, frames)
  }
}
