import type { LinearWeightGradientOp } from '../../../program.ts'
import type { Memory } from '../memory.ts'

/** weightGradient = Σ gradientᵀ · input, biasGradient = Σ gradient, over the rows of `[T,B]`. */
export function linearWeightGradient(op: LinearWeightGradientOp, memory: Memory): void {
  const input = memory.tensor(op.input)
  const gradient = memory.tensor(op.gradient)
  const weightGradient = memory.tensor(op.weightGradient)
  const biasGradient = memory.optional(op.biasGradient)
  const inputs = memory.width(op.input)
  const outputs = memory.width(op.gradient)
  const rows = memory.steps(op.gradient) * memory.batch
  const sums = new Float64Array(inputs)
  for (let o = 0; o < outputs; o++) {
    sums.fill(0)
    let biasSum = 0
    for (let row = 0; row < rows; row++) {
      const g = gradient[row * outputs + o]
      if (g === 0) continue
      biasSum += g
      for (let i = 0; i < inputs; i++) sums[i] += g * input[row * inputs + i]
    }
    weightGradient.set(sums, o * inputs)
    if (biasGradient) biasGradient[o] = biasSum
  }
}
