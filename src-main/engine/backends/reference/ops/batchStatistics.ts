import type { BatchNormBackwardOp, BatchNormOp } from '../../../mapOps.ts'
import type { Memory } from '../memory.ts'

/** Mean and biased variance of each channel, and over how many values. */
export interface Statistics {
  mean: Float64Array
  variance: Float64Array
  count: number
}

/** Rows of `[T,B]` that share their statistics: all of them, or those of one step. */
export function rowGroups(
  { statistics, input }: BatchNormOp | BatchNormBackwardOp,
  memory: Memory,
): { first: number; end: number }[] {
  const steps = memory.steps(input)
  if (statistics === 'sequence') return [{ first: 0, end: steps * memory.batch }]
  return Array.from({ length: steps }, (_, t) => ({ first: t * memory.batch, end: (t + 1) * memory.batch }))
}

/** Calls `visit` for every element of some rows with its channel. */
export function eachElement(
  rows: { first: number; end: number },
  shape: readonly number[],
  width: number,
  visit: (at: number, channel: number) => void,
): void {
  const places = width / shape[0]
  for (let at = rows.first * width; at < rows.end * width; at++) visit(at, Math.floor((at % width) / places))
}

/**
 * Two passes in double precision.
 *
 * @param shape of a sample as the layer reads it: maps that are flattened before it have another of their own
 */
export function statisticsOf(
  id: string,
  shape: readonly number[],
  rows: { first: number; end: number },
  memory: Memory,
): Statistics {
  const input = memory.tensor(id)
  const width = memory.width(id)
  const count = ((rows.end - rows.first) * width) / shape[0]
  const mean = new Float64Array(shape[0])
  const variance = new Float64Array(shape[0])
  eachElement(rows, shape, width, (at, c) => (mean[c] += input[at] / count))
  eachElement(rows, shape, width, (at, c) => (variance[c] += (input[at] - mean[c]) ** 2 / count))
  return { mean, variance, count }
}
