import type { AccumulateOp } from '../../../joinOps.ts'
import type { Memory } from '../memory.ts'

/** output = Σ inputs, all of one size. */
export function accumulate({ inputs, output: id }: AccumulateOp, memory: Memory): void {
  const output = memory.tensor(id)
  const sums = new Float64Array(output.length)
  for (const input of inputs) memory.tensor(input).forEach((value, i) => (sums[i] += value))
  output.set(sums)
}
