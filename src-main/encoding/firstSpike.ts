import { requireBrightness } from './brightness.ts'
import type { SampleEncoder } from './encoder.ts'
import { ownTrains } from './levels/ownTrains.ts'
import { roundHalfEven } from './rounding.ts'

const { fround } = Math

/**
 * The step at which brightness x fires: (T-1)(1-x), or T-1-ln(αx+1) with α = e^(T-1) - 1, in float32.
 * Source: spikingjelly's `LatencyEncoder`. Where αx is beyond float32 (T above 89), αx+1 is αx for all that counts.
 */
export function firstSpikeStep(x: number, timeSteps: number, curve: string): number {
  const last = timeSteps - 1
  if (curve !== 'log') return roundHalfEven(fround(last * fround(1 - x)))
  const scaled = x === 0 ? 0 : fround(fround(Math.exp(last) - 1) * x)
  const charge = Number.isFinite(scaled) ? Math.log(fround(scaled + 1)) : last + Math.log(x)
  return Math.max(0, roundHalfEven(fround(last - fround(charge))))
}

function encode(x: Float32Array, timeSteps: number, curve: string): Float32Array {
  requireBrightness(x, 'latency')
  const out = new Float32Array(timeSteps * x.length)
  x.forEach((value, i) => (out[firstSpikeStep(value, timeSteps, curve) * x.length + i] = 1))
  return out
}

/** spikingjelly's `LatencyEncoder`: every pixel fires once within the T steps. Throws `encoding.brightness`. */
export const firstSpike: SampleEncoder = {
  kind: 'firstSpike',
  binary: () => true,
  encode: (x, timeSteps, { curve }) => encode(x, timeSteps, String(curve)),
  levels: (levels, timeSteps, { curve }) =>
    ownTrains(levels, timeSteps, 1, true, (x) => encode(x, timeSteps, String(curve))),
}
