import type { LeakySemantics } from '../../../neuronSemantics.ts'
import { clampShare, fire, fireBack, flagOf, isShare, resetByFlag } from './delayedReset.ts'
import type { NeuronModel, SpikeSlope } from './neuronModel.ts'

const { fround } = Math

/** snnTorch's Leaky. A reset to zero takes the old membrane away; the new input survives. */
export function leakyModel(neuron: LeakySemantics, slope: SpikeSlope): NeuronModel {
  const { reset } = neuron
  return {
    states: ['mem'],
    parameters: ['beta', 'threshold'],
    start: [0],
    step([beta, threshold], before, input, _feedback, after) {
      const flag = flagOf(before.states[0], threshold)
      const kept = reset === 'zero' ? fround((1 - flag) * before.states[0]) : before.states[0]
      const charged = fround(fround(clampShare(beta) * kept) + input)
      const u = reset === 'zero' ? charged : resetByFlag(reset, charged, flag, threshold)
      after.states[0] = fire(neuron, u, flag, threshold, after)
    },
    back([beta, threshold], before, _input, after, gradients) {
      const flag = flagOf(before.states[0], threshold)
      const at = fireBack(neuron, flag, threshold, gradients.states[0], after, gradients, slope)
      const open = reset === 'zero' ? 1 - flag : 1
      if (isShare(beta)) gradients.parameters[0] += at.u * open * before.states[0]
      gradients.parameters[1] += at.threshold - (reset === 'subtract' ? flag * at.u : 0)
      gradients.states[0] = clampShare(beta) * open * at.u
      return at.u
    },
  }
}
