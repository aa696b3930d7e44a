import type { AdamaxOp } from '../../../updateOps.ts'
import type { UpdateStep } from './update.ts'

/** torch.optim.Adamax, one step. */
export function adamax(op: AdamaxOp, { memory, step, learningRate, adjusted }: UpdateStep): void {
  const parameter = memory.tensor(op.parameter)
  const gradient = memory.tensor(op.gradient)
  const first = memory.tensor(op.firstMoment)
  const largest = memory.tensor(op.infinityNorm)
  const stepSize = learningRate / (1 - op.beta1 ** (step + 1))
  for (let i = 0; i < parameter.length; i++) {
    const g = adjusted(gradient[i]) + op.weightDecay * parameter[i]
    first[i] += (g - first[i]) * (1 - op.beta1)
    largest[i] = Math.max(op.beta2 * largest[i], Math.abs(g) + op.epsilon)
    parameter[i] -= (stepSize * first[i]) / largest[i]
  }
}
