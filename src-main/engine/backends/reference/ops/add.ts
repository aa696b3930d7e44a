import type { AddBackwardOp, AddOp } from '../../../joinOps.ts'
import type { Memory } from '../memory.ts'
import { stepSums } from './stepSums.ts'

/** output = Σ inputs; a static input is added at every step. */
export function add({ inputs, output: id }: AddOp, memory: Memory): void {
  const output = memory.tensor(id)
  const sums = new Float64Array(output.length)
  for (const input of inputs) {
    const values = memory.tensor(input)
    for (let i = 0; i < output.length; i++) sums[i] += values[i % values.length]
  }
  output.set(sums)
}

/** The gradient at the sum goes to every input. */
export function addBackward({ gradient, outputs }: AddBackwardOp, memory: Memory): void {
  const arriving = memory.tensor(gradient)
  for (const id of outputs) if (id !== null) memory.tensor(id).set(stepSums(id, arriving, memory))
}
