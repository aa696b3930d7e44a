import type { AdamOp } from '../../../program.ts'
import type { Memory } from '../memory.ts'

/**
 * torch.optim.Adam, one step.
 *
 * @param step steps done before this one
 */
export function adam(op: AdamOp, memory: Memory, step: number): void {
  const parameter = memory.tensor(op.parameter)
  const gradient = memory.tensor(op.gradient)
  const first = memory.tensor(op.firstMoment)
  const second = memory.tensor(op.secondMoment)
  const stepSize = op.learningRate / (1 - op.beta1 ** (step + 1))
  const correction = Math.sqrt(1 - op.beta2 ** (step + 1))
  for (let i = 0; i < parameter.length; i++) {
    const g = gradient[i] + op.weightDecay * parameter[i]
    first[i] += (g - first[i]) * (1 - op.beta1)
    second[i] = op.beta2 * second[i] + (1 - op.beta2) * g * g
    parameter[i] -= (stepSize * first[i]) / (Math.sqrt(second[i]) / correction + op.epsilon)
  }
}
