import { requireBrightness } from './brightness.ts'
import type { FieldValues } from '../../src-shared/fields.ts'
import type { SampleEncoder } from './encoder.ts'
import { ownTrains } from './levels/ownTrains.ts'

function encode(x: Float32Array, timeSteps: number, { phases, scale }: FieldValues): Float32Array {
  const digits = Number(phases)
  const most = 1 - 2 ** -digits
  requireBrightness(x, 'weighted phase', scale === true ? 1 : most)
  const rest = scale === true ? x.map((value) => value * most) : x.slice()
  const out = new Float32Array(timeSteps * x.length)
  for (let t = 0; t < timeSteps; t++) {
    if (t >= digits) {
      out.copyWithin(t * x.length, (t - digits) * x.length, (t - digits + 1) * x.length)
      continue
    }
    const weight = 2 ** -(t + 1)
    for (let i = 0; i < rest.length; i++) {
      if (rest[i] < weight) continue
      out[t * x.length + i] = 1
      rest[i] -= weight
    }
  }
  return out
}

/**
 * Weighted phase coding: the binary digits of x, the first of weight 1/2, over and over. K digits say 0 to
 * 1 - 2^-K. Source: Kim et al. 2018 and spikingjelly's `WeightedPhaseEncoder`; `scale` is ours, since images
 * hold 1. Throws `encoding.brightness`.
 */
export const phase: SampleEncoder = {
  kind: 'phase',
  binary: () => true,
  encode,
  levels: (levels, timeSteps, params) =>
    ownTrains(levels, timeSteps, 1, true, (x) => encode(x, timeSteps, params)),
}
