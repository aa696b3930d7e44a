import type { PlifSemantics } from '../../../neuronSemantics.ts'
import type { NeuronModel, SpikeSlope } from './neuronModel.ts'
import { fireAndReset, fireAndResetBack, restOf } from './sameStepReset.ts'

const { fround } = Math

/** spikingjelly's ParametricLIFNode: LIF with 1/τ = σ(w). */
export function plifModel(neuron: PlifSemantics, slope: SpikeSlope): NeuronModel {
  const rest = restOf(neuron)
  const rateOf = (w: number) => fround(1 / (1 + Math.exp(-w)))
  return {
    states: ['v'],
    parameters: ['w'],
    start: [rest],
    step([w], before, input, _feedback, after) {
      const v = before.states[0]
      const rate = rateOf(w)
      const above = fround(v - rest)
      const h = neuron.decayInput
        ? fround(v + fround(fround(input - above) * rate))
        : fround(fround(v - fround(above * rate)) + input)
      after.states[0] = fireAndReset(neuron, h, after)
    },
    back([w], before, input, after, gradients) {
      const rate = rateOf(w)
      const above = before.states[0] - rest
      const at = fireAndResetBack(neuron, gradients.states[0], after, gradients, slope)
      gradients.parameters[0] += at * ((neuron.decayInput ? input : 0) - above) * rate * (1 - rate)
      gradients.states[0] = at * (1 - rate)
      return at * (neuron.decayInput ? rate : 1)
    },
  }
}
