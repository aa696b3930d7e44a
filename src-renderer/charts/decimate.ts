/**
 * Thins a long series to what a screen can show: for each of at most `buckets` stretches of `[from, to)` its
 * smallest and largest value, in the order in which they stand. No peak is ever lost. Values that are not
 * finite are passed over.
 *
 * @returns `[x, y]` pairs one after another; x is the position in `values`
 */
export function decimateMinMax(
  values: Float32Array,
  from: number,
  to: number,
  buckets: number,
): Float64Array {
  const start = Math.max(0, Math.floor(from))
  const end = Math.min(values.length, Math.ceil(to))
  const count = Math.max(0, end - start)
  if (count <= buckets * 2) return everyPoint(values, start, end)
  const points = new Float64Array(buckets * 4)
  let used = 0
  for (let bucket = 0; bucket < buckets; bucket++) {
    const first = start + Math.floor((bucket * count) / buckets)
    const last = start + Math.floor(((bucket + 1) * count) / buckets)
    let smallest = -1
    let largest = -1
    for (let i = first; i < last; i++) {
      const value = values[i]
      if (!Number.isFinite(value)) continue
      if (smallest < 0 || value < values[smallest]) smallest = i
      if (largest < 0 || value > values[largest]) largest = i
    }
    if (smallest < 0) continue
    for (const i of smallest <= largest ? [smallest, largest] : [largest, smallest]) {
      points[used++] = i
      points[used++] = values[i]
      if (smallest === largest) break
    }
  }
  return points.subarray(0, used)
}

function everyPoint(values: Float32Array, start: number, end: number): Float64Array {
  const points = new Float64Array(Math.max(0, end - start) * 2)
  let used = 0
  for (let i = start; i < end; i++) {
    if (!Number.isFinite(values[i])) continue
    points[used++] = i
    points[used++] = values[i]
  }
  return points.subarray(0, used)
}

/**
 * Mean over `width` values around every position; at both ends over those of them that there are, so that the
 * curve follows the values without lagging behind. Values that are not finite are left out of the mean; where
 * no finite value is in reach the result is NaN.
 */
export function movingMean(values: Float32Array, width: number): Float32Array {
  const means = new Float32Array(values.length)
  const before = Math.floor((width - 1) / 2)
  const after = width - 1 - before
  let sum = 0
  let count = 0
  for (let i = -after; i < values.length; i++) {
    const coming = i + after
    if (coming < values.length && Number.isFinite(values[coming])) {
      sum += values[coming]
      count++
    }
    const gone = i - before - 1
    if (gone >= 0 && Number.isFinite(values[gone])) {
      sum -= values[gone]
      count--
    }
    if (i >= 0) means[i] = count > 0 ? sum / count : Number.NaN
  }
  return means
}

/** Over how many of `count` values a curve is best smoothed: a twelfth of them, an odd number from 5 to 51. */
export function smoothingWidth(count: number): number {
  return 2 * Math.min(25, Math.max(2, Math.round(count / 24))) + 1
}
