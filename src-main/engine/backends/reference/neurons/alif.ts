import type { AlifSemantics } from '../../../neuronSemantics.ts'
import { clampShare, isShare } from './delayedReset.ts'
import type { NeuronModel, SpikeSlope } from './neuronModel.ts'

const { fround } = Math

/**
 * Leaky with an adaptive threshold: U = βU + I - S·A by spike and threshold of the step before, b = αb + (1-α)S
 * (or + S), A = θ + β_a·b, S = [U > A]. The reset's spike is detached, its threshold is not.
 */
export function alifModel(neuron: AlifSemantics, slope: SpikeSlope): NeuronModel {
  const { reset, normalise, detachAdaptation } = neuron
  return {
    // The spike is a state because the adaptation of the next step hears it.
    states: ['mem', 'adaptation', 'adaptiveThreshold', 'spk'],
    parameters: ['beta', 'alpha', 'adapt', 'threshold'],
    start: [0, 0, 0, 0],
    step([beta, alpha, adapt, threshold], before, input, _feedback, after) {
      const [mem, adaptation, inForce] = before.states
      const flag = before.spike
      const kept = reset === 'zero' ? fround((1 - flag) * mem) : mem
      let u = fround(fround(clampShare(beta) * kept) + input)
      if (reset === 'subtract') u = fround(u - fround(flag * inForce))
      const share = clampShare(alpha)
      const jump = normalise ? fround(fround(1 - share) * flag) : flag
      const b = fround(fround(share * adaptation) + jump)
      const a = fround(threshold + fround(adapt * b))
      after.above = fround(u - a)
      after.spike = after.mayFire && after.above > 0 ? 1 : 0
      after.states.set([u, b, a, after.spike])
    },
    back([beta, alpha, adapt], before, _input, after, gradients) {
      const [mem, adaptation] = before.states
      const flag = before.spike
      const share = clampShare(alpha)
      const throughSpike = (gradients.spike + gradients.states[3]) * slope(after)
      const u = gradients.states[0] + throughSpike
      const a = gradients.states[2] - throughSpike
      const b = gradients.states[1] + adapt * a
      const open = reset === 'zero' ? 1 - flag : 1
      if (isShare(beta)) gradients.parameters[0] += u * open * mem
      if (isShare(alpha)) gradients.parameters[1] += b * (adaptation - (normalise ? flag : 0))
      gradients.parameters[2] += a * after.states[1]
      gradients.parameters[3] += a
      gradients.states[0] = clampShare(beta) * open * u
      gradients.states[1] = share * b
      gradients.states[2] = reset === 'subtract' ? -flag * u : 0
      gradients.states[3] = detachAdaptation ? 0 : b * (normalise ? 1 - share : 1)
      return u
    },
  }
}
