import type { RmspropOp } from '../../../updateOps.ts'
import type { UpdateStep } from './update.ts'

/** torch.optim.RMSprop, one step. */
export function rmsprop(op: RmspropOp, { memory, learningRate, adjusted }: UpdateStep): void {
  const parameter = memory.tensor(op.parameter)
  const gradient = memory.tensor(op.gradient)
  const squares = memory.tensor(op.squareAverage)
  const buffer = memory.optional(op.momentumBuffer)
  const means = memory.optional(op.gradientAverage)
  for (let i = 0; i < parameter.length; i++) {
    const g = adjusted(gradient[i]) + op.weightDecay * parameter[i]
    squares[i] = op.alpha * squares[i] + (1 - op.alpha) * g * g
    if (means) means[i] += (g - means[i]) * (1 - op.alpha)
    const spread = means ? Math.max(0, squares[i] - means[i] * means[i]) : squares[i]
    let change = g / (Math.sqrt(spread) + op.epsilon)
    if (buffer) change = buffer[i] = op.momentum * buffer[i] + change
    parameter[i] -= learningRate * change
  }
}
