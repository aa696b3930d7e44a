import { eachValue, type EncodedValues } from '../../src-shared/encodedValues.ts'
import type { EncodingSettings } from '../../src-shared/experiment.ts'

/** How a code speaks whose pixels fire once at most. */
export interface FirstSpikeCode {
  /** Pixels that mean something: not below the threshold, or not black where there is none. */
  lit: number
  /** Of these, those that never fire. */
  litSilent: number
  /** Spikes of the other pixels at the last step at which anything fires. */
  darkLast: number
  /** The fewest steps in a row that hold nearly all spikes of lit pixels; null where there is none. */
  window: { from: number; steps: number; share: number } | null
}

/** What counts as nearly all. */
const nearlyAll = 0.9

/** Brightness below which a pixel says nothing; null for codes in which a pixel may fire more than once. */
function darkBelow({ kind, params }: EncodingSettings): number | null {
  if (kind === 'firstSpike') return Number.MIN_VALUE
  if (kind !== 'latency' || params.interpolate === true || Number(params.offTarget) > 0) return null
  return Math.fround(Number(params.threshold))
}

/** The shortest row of steps that holds `wanted` of the counts; of several the first. */
function shortestWindow(counts: Uint32Array, wanted: number): { from: number; steps: number; held: number } {
  let best = { from: 0, steps: counts.length, held: 0 }
  let from = 0
  let held = 0
  for (let to = 0; to < counts.length; to++) {
    held += counts[to]
    while (held - counts[from] >= wanted) held -= counts[from++]
    if (held >= wanted && (to - from + 1 < best.steps || best.held === 0))
      best = { from, steps: to - from + 1, held }
  }
  return best
}

/**
 * How a first-spike code speaks of an image; null where the encoding is none.
 *
 * @param x `[N]`, the brightness of each pixel
 * @param values `[T,N]`
 */
export function firstSpikeCode(
  encoding: EncodingSettings,
  x: Float32Array,
  values: EncodedValues,
): FirstSpikeCode | null {
  const dark = darkBelow(encoding)
  if (dark === null) return null
  const litSteps = new Uint32Array(values.steps)
  const darkSteps = new Uint32Array(values.steps)
  eachValue(values, (step, input) => {
    const steps = x[input] < dark ? darkSteps : litSteps
    steps[step]++
  })
  const lit = x.reduce((sum, value) => sum + (value < dark ? 0 : 1), 0)
  const fired = litSteps.reduce((sum, spikes) => sum + spikes, 0)
  const last = Math.max(
    litSteps.findLastIndex((spikes) => spikes > 0),
    darkSteps.findLastIndex((spikes) => spikes > 0),
  )
  const window = shortestWindow(litSteps, Math.ceil(nearlyAll * fired))
  return {
    lit,
    litSilent: lit - fired,
    darkLast: last < 0 ? 0 : darkSteps[last],
    window: fired === 0 ? null : { from: window.from, steps: window.steps, share: window.held / fired },
  }
}
