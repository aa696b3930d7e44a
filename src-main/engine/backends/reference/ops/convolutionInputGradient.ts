import type { ConvolutionInputGradientOp } from '../../../mapOps.ts'
import type { Memory } from '../memory.ts'
import { eachPair, inputPlaces, outputPlaces, tapsOf } from './convolutionTaps.ts'

/** Every input takes the gradients of the outputs that saw it, times the weights that they saw it with. */
export function convolutionInputGradient(
  { window, groups, ...op }: ConvolutionInputGradientOp,
  memory: Memory,
): void {
  const gradient = memory.tensor(op.gradient)
  const weight = memory.tensor(op.weight)
  const output = memory.tensor(op.output)
  const taps = tapsOf(window)
  const sums = new Float64Array(memory.width(op.output))
  const rows = memory.steps(op.output) * memory.batch
  for (let row = 0; row < rows; row++) {
    const from = row * memory.width(op.gradient)
    sums.fill(0)
    eachPair(window, groups, (o, i, kernel) => {
      const [at, to] = [from + o * outputPlaces(window), i * inputPlaces(window)]
      taps.forEach((joined, tap) => {
        const w = weight[kernel * taps.length + tap]
        for (const place of joined) sums[to + place.input] += w * gradient[at + place.output]
      })
    })
    output.set(sums, row * sums.length)
  }
}
