import type { RowFacts, TensorStatistics } from '../../src-shared/contentsContract.ts'
import { forEachPiece, type NumberSource } from './numberSource.ts'

/** Facts over the numbers of one tensor. */

/** More different values than this are not counted; they are no quantised weights. */
const mostDistinct = 65_536

class DistinctValues {
  private readonly seen = new Set<number>()
  private last = Number.NaN

  add(value: number): void {
    if (value === this.last || this.seen.size > mostDistinct) return
    this.last = value
    this.seen.add(value)
  }

  get count(): number | null {
    return this.seen.size > mostDistinct ? null : this.seen.size
  }
}

/** All facts in two passes; zero where there are no finite values. */
export function tensorStatistics(source: NumberSource): TensorStatistics {
  const { count } = source
  const distinct = new DistinctValues()
  let [nan, infinite, zeros, sum, squares] = [0, 0, 0, 0, 0]
  let [min, max] = [Infinity, -Infinity]
  forEachPiece(source, (values) => {
    for (const value of values) {
      if (Number.isFinite(value)) {
        if (value === 0) zeros++
        if (value < min) min = value
        if (value > max) max = value
        sum += value
        squares += value * value
        distinct.add(value)
      } else if (Number.isNaN(value)) nan++
      else infinite++
    }
  })
  const finite = count - nan - infinite
  const base = { count, nan, infinite, zeros, distinct: distinct.count }
  if (finite === 0) return { ...base, min: 0, max: 0, mean: 0, deviation: 0, norm: 0 }
  const mean = sum / finite
  let spread = 0
  forEachPiece(source, (values) => {
    for (const value of values) if (Number.isFinite(value)) spread += (value - mean) ** 2
  })
  return { ...base, min, max, mean, deviation: Math.sqrt(spread / finite), norm: Math.sqrt(squares) }
}

/** How many finite values lie in each of `bins` equal parts from `min` to `max`; the last part takes `max`. */
export function histogram(source: NumberSource, min: number, max: number, bins: number): Uint32Array {
  const counts = new Uint32Array(bins)
  const scale = max > min ? bins / (max - min) : 0
  forEachPiece(source, (values) => {
    for (const value of values) {
      if (!Number.isFinite(value)) continue
      counts[Math.min(bins - 1, Math.max(0, Math.floor((value - min) * scale)))]++
    }
  })
  return counts
}

/** Share of the longest row's length under which a row counts as tiny. */
export const tinyShare = 0.01

/**
 * Rows along the first axis, of `columns` numbers each: those of nothing but zeros (neurons that hear nothing), and
 * those whose Euclidean length is less than a hundredth of the longest row's. At most `most` of each are listed.
 */
export function rowFacts(source: NumberSource, rows: number, columns: number, most: number): RowFacts {
  const lengths = new Float64Array(rows)
  forEachPiece(source, (values, from) => {
    for (let i = 0; i < values.length; i++) lengths[Math.floor((from + i) / columns)] += values[i] ** 2
  })
  let longest = 0
  for (const length of lengths) if (Number.isFinite(length) && length > longest) longest = length
  const facts: RowFacts = { rows, zero: { count: 0, rows: [] }, tiny: { count: 0, rows: [] } }
  const limit = longest * tinyShare ** 2
  for (const [row, length] of lengths.entries()) {
    const group = length === 0 ? facts.zero : length < limit ? facts.tiny : null
    if (!group) continue
    group.count++
    if (group.rows.length < most) group.rows.push(row)
  }
  return facts
}
