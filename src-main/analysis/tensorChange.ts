import { sourceOf } from './numberSource.ts'
import { histogram } from './tensorStatistics.ts'

/** How far two tensors of one shape lie apart. */
export interface Change {
  /** Euclidean length of the difference, and its share of the length of the first. */
  distance: number
  relative: number
  /** The largest difference of an element. */
  most: number
  /** Cosine of the angle between both. */
  cosine: number
}

/** The change from the first values to the second; of a first that is all zeros every change is one of 1. */
export function changeOf(first: Float64Array, second: Float64Array): Change {
  let [dot, aa, bb, squares, most] = [0, 0, 0, 0, 0]
  for (let i = 0; i < first.length; i++) {
    const [a, b] = [first[i], second[i]]
    dot += a * b
    aa += a * a
    bb += b * b
    squares += (b - a) ** 2
    most = Math.max(most, Math.abs(b - a))
  }
  const distance = Math.sqrt(squares)
  const relative = aa > 0 ? distance / Math.sqrt(aa) : distance === 0 ? 0 : 1
  return { distance, relative, most, cosine: aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 1 }
}

export function differenceOf(first: Float64Array, second: Float64Array): Float64Array {
  return first.map((value, i) => second[i] - value)
}

/** Differences in equal bins over a range around 0 that is as wide on both sides. */
export function changeHistogram(
  difference: Float64Array,
  bins: number,
): { min: number; max: number; counts: Uint32Array } {
  const most = difference.reduce(
    (largest, value) => (Number.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest),
    0,
  )
  return { min: 0 - most, max: most, counts: histogram(sourceOf(difference), -most, most, bins) }
}
