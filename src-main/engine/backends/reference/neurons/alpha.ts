import type { AlphaSemantics } from '../../../neuronSemantics.ts'
import { clampShare, flagOf, isShare } from './delayedReset.ts'
import type { NeuronModel, SpikeSlope } from './neuronModel.ts'

const { fround } = Math

/** k = ln α / (ln β - ln α) + 1 and dk/dβ. */
function scale(alpha: number, beta: number) {
  const [logAlpha, logBeta] = [fround(Math.log(clampShare(alpha))), fround(Math.log(clampShare(beta)))]
  const difference = fround(logBeta - logAlpha)
  const k = fround(fround(logAlpha / difference) + 1)
  return { k, slope: -logAlpha / (difference * difference * beta) }
}

/**
 * snnTorch's Alpha. The membrane is made anew from both currents at every step; its own value only decides the
 * next reset. The reset by subtraction is as snnTorch has it: E loses θ, N its whole value, and U gains the old N.
 */
export function alphaModel({ reset }: AlphaSemantics, spikeSlope: SpikeSlope): NeuronModel {
  return {
    states: ['mem', 'syn_exc', 'syn_inh'],
    parameters: ['alpha', 'beta', 'threshold'],
    start: [0, 0, 0],
    step([alpha, beta, threshold], before, input, _feedback, after) {
      const [mem, excitatory, inhibitory] = before.states
      const flag = flagOf(mem, threshold)
      const { k } = scale(alpha, beta)
      let e = fround(fround(clampShare(alpha) * excitatory) + input)
      let n = fround(fround(clampShare(beta) * inhibitory) - input)
      let u = fround(k * fround(e + n))
      if (reset === 'zero') {
        e = fround(e - fround(e * flag))
        n = fround(n - fround(n * flag))
        u = fround(u - fround(u * flag))
      } else if (reset === 'subtract') {
        e = fround(e - fround(threshold * flag))
        n = fround(n - fround(n * flag))
        u = fround(u - fround(-inhibitory * flag))
      }
      after.states.set([u, e, n])
      after.above = fround(u - threshold)
      after.spike = after.mayFire && after.above > 0 ? 1 : 0
    },
    back([alpha, beta, threshold], before, _input, after, gradients) {
      const [mem, excitatory, inhibitory] = before.states
      const flag = flagOf(mem, threshold)
      const { k, slope } = scale(alpha, beta)
      const open = 1 - flag
      const throughSpike = gradients.spike * spikeSlope(after)
      const atMembrane = gradients.states[0] + throughSpike
      const atSum = atMembrane * (reset === 'zero' ? open : 1)
      const atExcitatory = gradients.states[1] * (reset === 'zero' ? open : 1) + k * atSum
      const atInhibitory = gradients.states[2] * (reset === 'none' ? 1 : open) + k * atSum
      const sum = clampShare(alpha) * excitatory + clampShare(beta) * inhibitory
      if (isShare(beta)) gradients.parameters[1] += atInhibitory * inhibitory + slope * sum * atSum
      gradients.parameters[2] -= throughSpike + (reset === 'subtract' ? flag * gradients.states[1] : 0)
      gradients.states[0] = 0
      gradients.states[1] = clampShare(alpha) * atExcitatory
      gradients.states[2] = clampShare(beta) * atInhibitory + (reset === 'subtract' ? flag * atMembrane : 0)
      return atExcitatory - atInhibitory
    },
  }
}
