import type { FieldValues } from '../../src-shared/fields.ts'
import type { SampleEncoder } from './encoder.ts'
import { ownTrains } from './levels/ownTrains.ts'

export interface DeltaParameters {
  threshold: number
  /** Whether the first step is compared with itself instead of with 0. */
  padding: boolean
  /** Whether falls are spikes of -1. */
  offSpike: boolean
}

/**
 * Spikes where the input rises by `threshold` or more from one step to the next, in float32; with `offSpike` -1 where
 * it falls as much. Source: snnTorch 0.9.4 `spikegen.delta`.
 *
 * @param data `[T,N]`
 * @param count N
 * @returns `[T,N]`
 */
export function encodeDelta(
  data: Float32Array,
  count: number,
  { threshold, padding, offSpike }: DeltaParameters,
): Float32Array {
  const limit = Math.fround(threshold)
  return data.map((value, i) => {
    const before = i >= count ? data[i - count] : padding ? value : 0
    const change = Math.fround(value - before)
    const rise = change >= limit ? 1 : 0
    const fall = offSpike && change <= -limit ? 1 : 0
    return rise - fall
  })
}

function encodeStill(
  x: Float32Array,
  timeSteps: number,
  { threshold, padding, offSpike }: FieldValues,
): Float32Array {
  const parameters = {
    threshold: Number(threshold),
    padding: padding === true,
    offSpike: offSpike === true,
  }
  const count = x.length
  const seen = Math.min(2, timeSteps)
  const data = new Float32Array(seen * count)
  for (let t = 0; t < seen; t++) data.set(x, t * count)
  const out = new Float32Array(timeSteps * count)
  out.set(encodeDelta(data, count, parameters))
  for (let t = 2; t < timeSteps; t++) out.copyWithin(t * count, count, 2 * count)
  return out
}

const isBinary = ({ offSpike }: FieldValues): boolean => offSpike !== true

/** An image that stands still from the first step on. */
export const delta: SampleEncoder = {
  kind: 'delta',
  binary: isBinary,
  encode: encodeStill,
  levels: (levels, timeSteps, params) =>
    ownTrains(levels, timeSteps, 1, isBinary(params), (x) => encodeStill(x, timeSteps, params)),
}
