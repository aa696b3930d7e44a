import type { IzhikevichSemantics } from '../../../neuronSemantics.ts'
import type { NeuronModel, SpikeSlope } from './neuronModel.ts'
import { fireAndReset, restOf } from './sameStepReset.ts'

const { fround } = Math

/**
 * spikingjelly's IzhikevichNode: charge with the recovery of the step before, recovery with the charged membrane,
 * fire, reset; a spike adds b to the recovery. Of a detached hard reset, S·V₀ and b·S still pass their gradient.
 */
export function izhikevichModel(neuron: IzhikevichSemantics, slope: SpikeSlope): NeuronModel {
  const { detachReset } = neuron
  const [tau, critical, gain, rest] = [neuron.tau, neuron.critical, neuron.gain, neuron.rest].map(fround)
  const [slowTau, coupling, jump] = [neuron.recoveryTau, neuron.coupling, neuron.jump].map(fround)
  const threshold = fround(neuron.threshold)
  const hard = neuron.reset === 'hard'
  return {
    states: ['v', 'w'],
    parameters: [],
    start: [restOf(neuron), fround(neuron.recoveryRest)],
    step(_parameters, before, input, _feedback, after) {
      const [v, w] = before.states
      const grown = fround(fround(gain * fround(v - rest)) * fround(v - critical))
      const h = fround(v + fround(fround(fround(input + grown) - w) / tau))
      const pull = fround(fround(coupling * fround(h - rest)) - w)
      const recovery = fround(w + fround(pull / slowTau))
      after.states[0] = fireAndReset(neuron, h, after)
      after.states[1] = fround(recovery + fround(jump * after.spike))
    },
    back(_parameters, before, _input, after, gradients) {
      const v = before.states[0]
      const [atMembrane, atRecovery] = gradients.states
      const h = after.above + threshold
      let atSpike = gradients.spike + jump * atRecovery
      if (hard) atSpike += atMembrane * fround(neuron.resetValue)
      if (!detachReset) atSpike -= atMembrane * (hard ? h : threshold)
      const survived = (hard ? 1 - after.spike : 1) * atMembrane
      const throughSpike = atSpike * slope(after)
      const atCharged = survived + throughSpike + (coupling / slowTau) * atRecovery
      gradients.states[0] = atCharged * (1 + (gain * (v - rest + (v - critical))) / tau)
      gradients.states[1] = atRecovery * (1 - 1 / slowTau) - atCharged / tau
      return atCharged / tau
    },
  }
}
