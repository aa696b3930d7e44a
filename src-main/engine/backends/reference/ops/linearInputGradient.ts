import type { LinearInputGradientOp } from '../../../program.ts'
import type { Memory } from '../memory.ts'

/** output = gradient · weight for every row of `[T,B]`. */
export function linearInputGradient(op: LinearInputGradientOp, memory: Memory): void {
  const gradient = memory.tensor(op.gradient)
  const weight = memory.tensor(op.weight)
  const output = memory.tensor(op.output)
  const inputs = memory.width(op.output)
  const outputs = memory.width(op.gradient)
  const rows = memory.steps(op.output) * memory.batch
  const sums = new Float64Array(inputs)
  for (let row = 0; row < rows; row++) {
    sums.fill(0)
    for (let o = 0; o < outputs; o++) {
      const g = gradient[row * outputs + o]
      if (g === 0) continue
      for (let i = 0; i < inputs; i++) sums[i] += g * weight[o * inputs + i]
    }
    output.set(sums, row * inputs)
  }
}
