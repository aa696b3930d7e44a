import type { EncodingReport } from '../../src-shared/encodingContract.ts'

type Timing = Omit<EncodingReport, 'levels' | 'cost' | 'traps'>

/** Whether values are 0 and 1, also -1, or any numbers. */
export function codedAs(values: ArrayLike<number>): EncodingReport['coded'] {
  let signed = false
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (value === -1) signed = true
    else if (value !== 0 && value !== 1) return 'values'
  }
  return signed ? 'signed' : 'spikes'
}

/**
 * When the values of an encoded sample come.
 *
 * @param values `[T,N]`
 */
export function spikeTiming(values: ArrayLike<number>, timeSteps: number): Timing {
  const inputs = values.length / timeSteps
  const coded = codedAs(values)
  const spikes = coded !== 'values'
  const perStep = new Float32Array(timeSteps)
  const before = new Int32Array(inputs).fill(-1)
  const intervals = new Uint32Array(spikes ? Math.max(0, timeSteps - 1) : 0)
  let [active, total, emptySteps] = [0, 0, 0]
  let [first, last]: [number | null, number | null] = [null, null]
  for (let t = 0; t < timeSteps; t++) {
    let sum = 0
    let count = 0
    for (let i = 0; i < inputs; i++) {
      const value = values[t * inputs + i]
      if (value === 0) continue
      count++
      sum += value
      if (spikes && before[i] >= 0) intervals[t - before[i] - 1]++
      before[i] = t
    }
    perStep[t] = coded === 'signed' ? count : sum
    total += perStep[t]
    active += count
    if (count === 0) emptySteps++
    else {
      first ??= t
      last = t
    }
  }
  const silent = before.reduce((sum, step) => sum + (step < 0 ? 1 : 0), 0)
  return { coded, active, total, perStep, silent, emptySteps, first, last, intervals }
}
