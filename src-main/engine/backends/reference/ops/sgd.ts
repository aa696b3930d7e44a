import type { SgdOp } from '../../../program.ts'
import type { Memory } from '../memory.ts'

/** torch.optim.SGD, one step. The momentum buffer is zero before the first, so it starts as the gradient. */
export function sgd(op: SgdOp, memory: Memory): void {
  const parameter = memory.tensor(op.parameter)
  const gradient = memory.tensor(op.gradient)
  const buffer = memory.optional(op.momentumBuffer)
  for (let i = 0; i < parameter.length; i++) {
    let g = gradient[i] + op.weightDecay * parameter[i]
    if (buffer) {
      buffer[i] = op.momentum * buffer[i] + g
      g = op.nesterov ? g + op.momentum * buffer[i] : buffer[i]
    }
    parameter[i] -= op.learningRate * g
  }
}
