import type { IntegrateFireSemantics } from '../../../neuronSemantics.ts'
import type { NeuronModel, SpikeSlope } from './neuronModel.ts'
import { fireAndReset, fireAndResetBack, restOf } from './sameStepReset.ts'

const { fround } = Math

/** spikingjelly's LIFNode and IFNode: charge, fire (V ≥ θ), reset, all in one step. */
export function integrateFireModel(neuron: IntegrateFireSemantics, slope: SpikeSlope): NeuronModel {
  const tau = fround(neuron.tau)
  const rest = restOf(neuron)
  const leak = neuron.model === 'lif' ? 1 - 1 / tau : 1
  const share = neuron.model === 'lif' && neuron.decayInput ? 1 / tau : 1

  function charge(v: number, x: number): number {
    if (neuron.model === 'if') return fround(v + x)
    const above = fround(v - rest)
    if (neuron.decayInput) return fround(v + fround(fround(x - above) / tau))
    return fround(fround(v - fround(above / tau)) + x)
  }

  return {
    states: ['v'],
    parameters: [],
    start: [rest],
    step(_parameters, before, input, _feedback, after) {
      after.states[0] = fireAndReset(neuron, charge(before.states[0], input), after)
    },
    back(_parameters, _before, _input, after, gradients) {
      const atCharged = fireAndResetBack(neuron, gradients.states[0], after, gradients, slope)
      gradients.states[0] = atCharged * leak
      return atCharged * share
    },
  }
}
