import type { EventTrain } from './eventWindow.ts'

/** Events of each bin of time, ON and OFF. */
export interface EventRates {
  on: Float64Array
  off: Float64Array
  /** The most of either in one bin. */
  most: number
  /** Of a bin, µs. */
  binWidth: number
}

/** Counts events in `bins` equal bins from 0 to `duration` µs. */
export function eventRates({ t, p }: EventTrain, duration: number, bins: number): EventRates {
  const count = Math.max(1, Math.floor(bins))
  const on = new Float64Array(count)
  const off = new Float64Array(count)
  const binWidth = duration / count
  for (let i = 0; i < t.length; i++) {
    const bin = Math.min(count - 1, Math.floor(t[i] / binWidth))
    if (p[i] > 0) on[bin]++
    else off[bin]++
  }
  let most = 0
  for (let bin = 0; bin < count; bin++) most = Math.max(most, on[bin], off[bin])
  return { on, off, most, binWidth }
}
