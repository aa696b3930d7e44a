import type { AdamOp } from '../../../updateOps.ts'
import type { UpdateStep } from './update.ts'

/** torch.optim.Adam or AdamW, one step. */
export function adam(op: AdamOp, { memory, step, learningRate, adjusted }: UpdateStep): void {
  const parameter = memory.tensor(op.parameter)
  const gradient = memory.tensor(op.gradient)
  const first = memory.tensor(op.firstMoment)
  const second = memory.tensor(op.secondMoment)
  const stepSize = learningRate / (1 - op.beta1 ** (step + 1))
  const correction = Math.sqrt(1 - op.beta2 ** (step + 1))
  const added = op.decoupledDecay ? 0 : op.weightDecay
  const kept = op.decoupledDecay ? 1 - learningRate * op.weightDecay : 1
  for (let i = 0; i < parameter.length; i++) {
    const g = adjusted(gradient[i]) + added * parameter[i]
    first[i] += (g - first[i]) * (1 - op.beta1)
    second[i] = op.beta2 * second[i] + (1 - op.beta2) * g * g
    const change = (stepSize * first[i]) / (Math.sqrt(second[i]) / correction + op.epsilon)
    parameter[i] = kept * parameter[i] - change
  }
}
