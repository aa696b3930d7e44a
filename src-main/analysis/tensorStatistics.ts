import type { TensorStatistics } from '../../src-shared/checkpointContract.ts'

/** Facts over the numbers of one tensor, seen as a matrix `[rows, columns]`, row-major. */

/** Minimum, maximum, mean and deviation of the finite values; zero where there are none. */
export function tensorStatistics(values: Float64Array): TensorStatistics {
  let [notFinite, zeros, sum] = [0, 0, 0]
  let [min, max] = [Infinity, -Infinity]
  for (const value of values) {
    if (!Number.isFinite(value)) {
      notFinite++
      continue
    }
    if (value === 0) zeros++
    if (value < min) min = value
    if (value > max) max = value
    sum += value
  }
  const count = values.length
  const finite = count - notFinite
  if (finite === 0) return { count, notFinite, min: 0, max: 0, mean: 0, deviation: 0, zeros: 0 }
  const mean = sum / finite
  let squares = 0
  for (const value of values) if (Number.isFinite(value)) squares += (value - mean) ** 2
  return { count, notFinite, min, max, mean, deviation: Math.sqrt(squares / finite), zeros: zeros / count }
}

/** How many finite values lie in each of `bins` equal parts from `min` to `max`; the last part takes `max`. */
export function histogram(values: Float64Array, min: number, max: number, bins: number): Uint32Array {
  const counts = new Uint32Array(bins)
  const scale = max > min ? bins / (max - min) : 0
  for (const value of values) {
    if (Number.isFinite(value)) counts[Math.min(bins - 1, Math.floor((value - min) * scale))]++
  }
  return counts
}

/** Rows of nothing but zeros: neurons that hear nothing. At most `most` are listed. */
export function deadRows(
  values: Float64Array,
  rows: number,
  columns: number,
  most: number,
): { rows: number[]; count: number } {
  const found: number[] = []
  let count = 0
  for (let row = 0; row < rows && columns > 0; row++) {
    let column = 0
    while (column < columns && values[row * columns + column] === 0) column++
    if (column < columns) continue
    count++
    if (found.length < most) found.push(row)
  }
  return { rows: found, count }
}

/** Means over blocks of rows and columns, so that at most `most` of each are left. */
export function heatMap(
  values: Float64Array,
  rows: number,
  columns: number,
  most: number,
): { rows: number; columns: number; values: Float32Array } {
  const tall = Math.min(rows, most)
  const wide = Math.min(columns, most)
  const sums = new Float64Array(tall * wide)
  const counts = new Uint32Array(tall * wide)
  for (let row = 0; row < rows; row++) {
    const line = Math.floor((row * tall) / rows) * wide
    for (let column = 0; column < columns; column++) {
      const block = line + Math.floor((column * wide) / columns)
      sums[block] += values[row * columns + column]
      counts[block]++
    }
  }
  return { rows: tall, columns: wide, values: Float32Array.from(sums, (sum, i) => sum / counts[i]) }
}
