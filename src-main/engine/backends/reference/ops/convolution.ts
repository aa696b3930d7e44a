import type { ConvolutionOp } from '../../../mapOps.ts'
import type { Memory } from '../memory.ts'
import { eachPair, inputPlaces, outputPlaces, tapsOf } from './convolutionTaps.ts'

/** output = weight ∗ input + bias for every row of `[T,B]`. */
export function convolution({ window, groups, ...op }: ConvolutionOp, memory: Memory): void {
  const input = memory.tensor(op.input)
  const weight = memory.tensor(op.weight)
  const bias = memory.optional(op.bias)
  const output = memory.tensor(op.output)
  const taps = tapsOf(window)
  const places = outputPlaces(window)
  const sums = new Float64Array(memory.width(op.output))
  const rows = memory.steps(op.output) * memory.batch
  for (let row = 0; row < rows; row++) {
    const from = row * memory.width(op.input)
    sums.fill(0)
    eachPair(window, groups, (o, i, kernel) => {
      const at = from + i * inputPlaces(window)
      taps.forEach((joined, tap) => {
        const w = weight[kernel * taps.length + tap]
        for (const place of joined) sums[o * places + place.output] += w * input[at + place.input]
      })
    })
    for (let k = 0; k < sums.length; k++) {
      output[row * sums.length + k] = Math.fround(sums[k]) + (bias ? bias[Math.floor(k / places)] : 0)
    }
  }
}
