import type { BatchNormBackwardOp } from '../../../mapOps.ts'
import type { Memory } from '../memory.ts'
import { eachElement, rowGroups, statisticsOf } from './batchStatistics.ts'

/**
 * Back through the batch's statistics: dx = γ/σ · (dy - mean(dy) - x̂ · mean(dy · x̂)). Where the input is static,
 * dy is already summed over the steps, and the same holds of the sums.
 */
export function batchNormBackward(op: BatchNormBackwardOp, memory: Memory): void {
  const input = memory.tensor(op.input)
  const gradient = memory.tensor(op.gradient)
  const inputGradient = memory.optional(op.inputGradient)
  const weight = memory.optional(op.weight)
  const { shape } = memory.value(op.gradient)
  const width = memory.width(op.input)
  const weightSums = new Float64Array(shape[0])
  const biasSums = new Float64Array(shape[0])
  for (const rows of rowGroups(op, memory)) {
    const { mean, variance, count } = statisticsOf(op.input, shape, rows, memory)
    const inverse = variance.map((v) => 1 / Math.sqrt(v + op.epsilon))
    const sum = new Float64Array(shape[0])
    const product = new Float64Array(shape[0])
    eachElement(rows, shape, width, (at, c) => {
      sum[c] += gradient[at]
      product[c] += gradient[at] * (input[at] - mean[c]) * inverse[c]
    })
    if (inputGradient) {
      eachElement(rows, shape, width, (at, c) => {
        const normal = (input[at] - mean[c]) * inverse[c]
        const scale = (weight ? weight[c] : 1) * inverse[c]
        inputGradient[at] = scale * (gradient[at] - sum[c] / count - (normal * product[c]) / count)
      })
    }
    sum.forEach((value, c) => (biasSums[c] += value))
    product.forEach((value, c) => (weightSums[c] += value))
  }
  memory.optional(op.weightGradient)?.set(weightSums)
  memory.optional(op.biasGradient)?.set(biasSums)
}
