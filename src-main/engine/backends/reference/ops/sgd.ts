import type { SgdOp } from '../../../updateOps.ts'
import type { UpdateStep } from './update.ts'

/** torch.optim.SGD, one step. The momentum buffer takes the first gradient whole. */
export function sgd(op: SgdOp, { memory, step, learningRate, adjusted }: UpdateStep): void {
  const parameter = memory.tensor(op.parameter)
  const gradient = memory.tensor(op.gradient)
  const buffer = memory.optional(op.momentumBuffer)
  const taken = step === 0 ? 1 : 1 - op.dampening
  for (let i = 0; i < parameter.length; i++) {
    let g = adjusted(gradient[i]) + op.weightDecay * parameter[i]
    if (buffer) {
      buffer[i] = step === 0 ? g : op.momentum * buffer[i] + taken * g
      g = op.nesterov ? g + op.momentum * buffer[i] : buffer[i]
    }
    parameter[i] -= learningRate * g
  }
}
