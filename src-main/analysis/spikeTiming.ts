import { entryOf, type EncodedValues } from '../../src-shared/encodedValues.ts'
import type { EncodingReport } from '../../src-shared/encodingContract.ts'
import { firingAt } from '../../src-shared/spikeBits.ts'

/** What is counted of an encoded sample. */
export interface SpikeTiming extends Omit<EncodingReport, 'levels' | 'cost' | 'traps'> {
  /** Values that are not zero, `[N]`. */
  perInput: Uint32Array
  /** Sum over the steps, `[N]`. */
  totals: Float32Array
}

/** Whether values are 0 and 1, also -1, or any numbers. */
function codedAs({ numbers, palette }: EncodedValues): EncodingReport['coded'] {
  if (!numbers) return 'spikes'
  return palette?.every((value) => value === 1 || value === -1) ? 'signed' : 'values'
}

/** How many values each input has, and how often two follow each other after 1, 2, … T-1 steps. */
function countMarks({ steps, marks }: EncodedValues): Pick<SpikeTiming, 'perInput' | 'intervals'> {
  const perInput = new Uint32Array(marks.inputs)
  const intervals = new Uint32Array(Math.max(0, steps - 1))
  const firing = new Uint32Array(marks.inputs)
  /** The step after that of the last one, 0 before the first. */
  const after = new Uint32Array(marks.inputs)
  for (let step = 0; step < steps; step++) {
    const count = firingAt(marks, step % marks.steps, firing)
    for (let i = 0; i < count; i++) {
      const input = firing[i]
      if (after[input] > 0) intervals[step - after[input]]++
      after[input] = step + 1
      perInput[input]++
    }
  }
  return { perInput, intervals }
}

/** The sums of the values over the steps, `[N]`, and over the inputs, `[T]`. */
function sumValues(values: EncodedValues): { totals: Float32Array; sums: Float64Array } {
  const { steps, starts, marks } = values
  const totals = new Float32Array(marks.inputs)
  const sums = new Float64Array(steps)
  const firing = new Uint32Array(marks.inputs)
  for (let step = 0; step < steps; step++) {
    const row = step % marks.steps
    const count = firingAt(marks, row, firing)
    let sum = 0
    for (let i = 0; i < count; i++) {
      const value = entryOf(values, starts[row] + i)
      totals[firing[i]] += value
      sum += value
    }
    sums[step] = sum
  }
  return { totals, sums }
}

/** When the values of an encoded sample come. */
export function spikeTiming(values: EncodedValues): SpikeTiming {
  const { steps, starts } = values
  const { steps: rows } = values.marks
  const coded = codedAs(values)
  const { perInput, intervals } = countMarks(values)
  const counts = Uint32Array.from(
    { length: steps },
    (_, step) => starts[(step % rows) + 1] - starts[step % rows],
  )
  const { totals, sums } =
    coded === 'spikes' ? { totals: Float32Array.from(perInput), sums: counts } : sumValues(values)
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
    intervals: coded === 'values' ? new Uint32Array(0) : intervals,
    ...{ perInput, totals },
  }
}
