import type { CubaLifSemantics } from '../../../neuronSemantics.ts'
import type { NeuronModel, SpikeSlope } from './neuronModel.ts'
import { fireAndReset, fireAndResetBack, restOf } from './sameStepReset.ts'

const { fround } = Math

/** spikingjelly's CUBALIFNode: a decaying current drives a decaying membrane. */
export function cubaLifModel(neuron: CubaLifSemantics, slope: SpikeSlope): NeuronModel {
  const [currentDecay, voltageDecay] = [neuron.currentDecay, neuron.voltageDecay].map(fround)
  return {
    states: ['v', 'c'],
    parameters: [],
    start: [restOf(neuron), 0],
    step(_parameters, before, input, _feedback, after) {
      const [v, c] = before.states
      const current = fround(fround(c * currentDecay) + input)
      after.states[1] = current
      after.states[0] = fireAndReset(neuron, fround(fround(v * voltageDecay) + current), after)
    },
    back(_parameters, _before, _input, after, gradients) {
      const at = fireAndResetBack(neuron, gradients.states[0], after, gradients, slope)
      const atCurrent = gradients.states[1] + at
      gradients.states[0] = at * voltageDecay
      gradients.states[1] = atCurrent * currentDecay
      return atCurrent
    },
  }
}
