import type { QifSemantics } from '../../../neuronSemantics.ts'
import type { NeuronModel, SpikeSlope } from './neuronModel.ts'
import { fireAndReset, fireAndResetBack, restOf } from './sameStepReset.ts'

const { fround } = Math

/** spikingjelly's QIFNode: V + (X + a₀(V - V_rest)(V - V_c))/τ. */
export function qifModel(neuron: QifSemantics, slope: SpikeSlope): NeuronModel {
  const [tau, critical, gain, rest] = [neuron.tau, neuron.critical, neuron.gain, neuron.rest].map(fround)
  return {
    states: ['v'],
    parameters: [],
    start: [restOf(neuron)],
    step(_parameters, before, input, _feedback, after) {
      const v = before.states[0]
      const grown = fround(fround(gain * fround(v - rest)) * fround(v - critical))
      after.states[0] = fireAndReset(neuron, fround(v + fround(fround(input + grown) / tau)), after)
    },
    back(_parameters, before, _input, after, gradients) {
      const at = fireAndResetBack(neuron, gradients.states[0], after, gradients, slope)
      const v = before.states[0]
      gradients.states[0] = at * (1 + (gain * (v - rest + (v - critical))) / tau)
      return at / tau
    },
  }
}
