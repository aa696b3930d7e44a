import type { LinearOp } from '../../../program.ts'
import type { Memory } from '../memory.ts'

/** output = input · weightᵀ + bias for every row of `[T,B]`. */
export function linear(op: LinearOp, memory: Memory): void {
  const input = memory.tensor(op.input)
  const weight = memory.tensor(op.weight)
  const bias = memory.optional(op.bias)
  const output = memory.tensor(op.output)
  const inputs = memory.width(op.input)
  const outputs = memory.width(op.output)
  const rows = memory.steps(op.output) * memory.batch
  for (let row = 0; row < rows; row++) {
    const from = row * inputs
    for (let o = 0; o < outputs; o++) {
      const at = o * inputs
      let sum = 0
      for (let i = 0; i < inputs; i++) sum += input[from + i] * weight[at + i]
      output[row * outputs + o] = Math.fround(sum) + (bias ? bias[o] : 0)
    }
  }
}
