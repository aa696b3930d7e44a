import { eachValue, type EncodedValues } from '../../src-shared/encodedValues.ts'
import type { EncodingReport } from '../../src-shared/encodingContract.ts'

/** What is counted of an encoded sample. */
export interface SpikeTiming extends Omit<EncodingReport, 'levels' | 'cost' | 'traps'> {
  /** Values that are not zero, `[N]`. */
  perInput: Uint32Array
  /** Sum over the steps, `[N]`. */
  totals: Float32Array
}

/** Whether values are 0 and 1, also -1, or any numbers. */
function codedAs({ numbers }: EncodedValues): EncodingReport['coded'] {
  if (!numbers) return 'spikes'
  return numbers.every((value) => value === 1 || value === -1) ? 'signed' : 'values'
}

/** When the values of an encoded sample come. */
export function spikeTiming(values: EncodedValues): SpikeTiming {
  const { steps, starts } = values
  const { steps: rows, inputs } = values.marks
  const coded = codedAs(values)
  const spikes = coded !== 'values'
  const perInput = new Uint32Array(inputs)
  const totals = new Float32Array(inputs)
  const before = new Int32Array(inputs).fill(-1)
  const intervals = new Uint32Array(spikes ? Math.max(0, steps - 1) : 0)
  const sums = new Float64Array(steps)
  eachValue(values, (step, input, value) => {
    if (spikes && before[input] >= 0) intervals[step - before[input] - 1]++
    before[input] = step
    perInput[input]++
    totals[input] += value
    sums[step] += value
  })
  const counts = Uint32Array.from(sums, (_, step) => starts[(step % rows) + 1] - starts[step % rows])
  const perStep = Float32Array.from(coded === 'signed' ? counts : sums)
  const last = counts.findLastIndex((count) => count > 0)
  return {
    ...{
      coded,
      active: counts.reduce((sum, count) => sum + count, 0),
      total: perStep.reduce((sum, value) => sum + value, 0),
      perStep,
    },
    silent: perInput.reduce((silent, count) => silent + (count === 0 ? 1 : 0), 0),
    emptySteps: counts.reduce((empty, count) => empty + (count === 0 ? 1 : 0), 0),
    first: last < 0 ? null : counts.findIndex((count) => count > 0),
    last: last < 0 ? null : last,
    ...{ intervals, perInput, totals },
  }
}
