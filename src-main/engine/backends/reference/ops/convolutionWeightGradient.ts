import type { ConvolutionWeightGradientOp } from '../../../mapOps.ts'
import type { Memory } from '../memory.ts'
import { eachPair, inputPlaces, outputPlaces, tapsOf } from './convolutionTaps.ts'

/** Sums over the rows of `[T,B]` and all places. */
export function convolutionWeightGradient(
  { window, groups, ...op }: ConvolutionWeightGradientOp,
  memory: Memory,
): void {
  const input = memory.tensor(op.input)
  const gradient = memory.tensor(op.gradient)
  const taps = tapsOf(window)
  const places = outputPlaces(window)
  const weightSums = new Float64Array(memory.width(op.weightGradient))
  const biasSums = new Float64Array(window.outputs)
  const rows = memory.steps(op.gradient) * memory.batch
  for (let row = 0; row < rows; row++) {
    const [seen, arriving] = [row * memory.width(op.input), row * memory.width(op.gradient)]
    eachPair(window, groups, (o, i, kernel) => {
      const [from, at] = [seen + i * inputPlaces(window), arriving + o * places]
      taps.forEach((joined, tap) => {
        let sum = 0
        for (const place of joined) sum += gradient[at + place.output] * input[from + place.input]
        weightSums[kernel * taps.length + tap] += sum
      })
    })
    for (let k = 0; k < window.outputs * places; k++) {
      biasSums[Math.floor(k / places)] += gradient[arriving + k]
    }
  }
  memory.tensor(op.weightGradient).set(weightSums)
  memory.optional(op.biasGradient)?.set(biasSums)
}
