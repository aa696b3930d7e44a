import type { ConcatBackwardOp, ConcatOp } from '../../../joinOps.ts'
import type { Memory } from '../memory.ts'
import { stepSums } from './stepSums.ts'

/** Every row of `[T,B]` of the output is that of the inputs one after the other; a static one at every step. */
export function concat({ inputs, output: id }: ConcatOp, memory: Memory): void {
  const output = memory.tensor(id)
  const whole = memory.width(id)
  const rows = memory.steps(id) * memory.batch
  let first = 0
  for (const input of inputs) {
    const values = memory.tensor(input)
    const width = memory.width(input)
    for (let row = 0; row < rows; row++) {
      const from = (row * width) % values.length
      output.set(values.subarray(from, from + width), row * whole + first)
    }
    first += width
  }
}

/** Every input receives its part of the gradient. */
export function concatBackward({ gradient, outputs, sizes }: ConcatBackwardOp, memory: Memory): void {
  const arriving = memory.tensor(gradient)
  const whole = memory.width(gradient)
  const rows = memory.steps(gradient) * memory.batch
  let first = 0
  outputs.forEach((id, i) => {
    const width = sizes[i]
    if (id !== null) {
      const part = new Float32Array(rows * width)
      for (let row = 0; row < rows; row++) {
        const from = row * whole + first
        part.set(arriving.subarray(from, from + width), row * width)
      }
      memory.tensor(id).set(stepSums(id, part, memory))
    }
    first += width
  })
}
