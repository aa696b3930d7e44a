import type { EifSemantics } from '../../../neuronSemantics.ts'
import type { NeuronModel, SpikeSlope } from './neuronModel.ts'
import { fireAndReset, fireAndResetBack, restOf } from './sameStepReset.ts'

const { fround } = Math

/** spikingjelly's EIFNode: V + (X + V_rest - V + Δ·exp((V - θ_rh)/Δ))/τ. */
export function eifModel(neuron: EifSemantics, slope: SpikeSlope): NeuronModel {
  const { tau, sharpness, rheobase, rest } = neuron
  const [time, delta, onset, low] = [tau, sharpness, rheobase, rest].map(fround)
  const growth = (v: number) => fround(Math.exp(fround(fround(v - onset) / delta)))
  return {
    states: ['v'],
    parameters: [],
    start: [restOf(neuron)],
    step(_parameters, before, input, _feedback, after) {
      const v = before.states[0]
      const drive = fround(fround(fround(input + low) - v) + fround(delta * growth(v)))
      after.states[0] = fireAndReset(neuron, fround(v + fround(drive / time)), after)
    },
    back(_parameters, before, _input, after, gradients) {
      const at = fireAndResetBack(neuron, gradients.states[0], after, gradients, slope)
      gradients.states[0] = at * (1 + (growth(before.states[0]) - 1) / time)
      return at / time
    },
  }
}
