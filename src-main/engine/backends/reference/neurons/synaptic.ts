import type { RLeakySemantics, RSynapticSemantics, SynapticSemantics } from '../../../neuronSemantics.ts'
import { clampShare, fire, fireBack, flagOf, isShare, resetByFlag, resetByFlagBack } from './delayedReset.ts'
import type { NeuronModel, SpikeSlope } from './neuronModel.ts'

const { fround } = Math

/** snnTorch's Synaptic, and RSynaptic, whose current hears the spikes of the step before too. */
export function synapticModel(
  neuron: SynapticSemantics | RSynapticSemantics,
  slope: SpikeSlope,
): NeuronModel {
  const { reset } = neuron
  const timing = { reset, delayed: neuron.model === 'synaptic' ? neuron.delayed : true }
  return {
    states: ['mem', 'syn'],
    parameters: ['alpha', 'beta', 'threshold'],
    start: [0, 0],
    step([alpha, beta, threshold], before, input, feedback, after) {
      const [mem, syn] = before.states
      const flag = flagOf(mem, threshold)
      const current = fround(fround(fround(clampShare(alpha) * syn) + input) + feedback)
      const charged = fround(fround(clampShare(beta) * mem) + current)
      after.states[1] = current
      after.states[0] = fire(timing, resetByFlag(reset, charged, flag, threshold), flag, threshold, after)
    },
    back([alpha, beta, threshold], before, _input, after, gradients) {
      const [mem, syn] = before.states
      const flag = flagOf(mem, threshold)
      const at = fireBack(timing, flag, threshold, gradients.states[0], after, gradients, slope)
      const charged = resetByFlagBack(reset, at, flag)
      const atCurrent = gradients.states[1] + charged.u
      if (isShare(alpha)) gradients.parameters[0] += atCurrent * syn
      if (isShare(beta)) gradients.parameters[1] += charged.u * mem
      gradients.parameters[2] += charged.threshold
      gradients.states[0] = clampShare(beta) * charged.u
      gradients.states[1] = clampShare(alpha) * atCurrent
      return atCurrent
    },
  }
}

/** snnTorch's RLeaky: Leaky that hears the spikes of the step before. Its zero takes the new input away too. */
export function rleakyModel(neuron: RLeakySemantics, slope: SpikeSlope): NeuronModel {
  const { reset } = neuron
  return {
    states: ['mem'],
    parameters: ['beta', 'threshold'],
    start: [0],
    step([beta, threshold], before, input, feedback, after) {
      const mem = before.states[0]
      const flag = flagOf(mem, threshold)
      const charged = fround(fround(fround(clampShare(beta) * mem) + input) + feedback)
      after.states[0] = fire(neuron, resetByFlag(reset, charged, flag, threshold), flag, threshold, after)
    },
    back([beta, threshold], before, _input, after, gradients) {
      const mem = before.states[0]
      const flag = flagOf(mem, threshold)
      const at = fireBack(neuron, flag, threshold, gradients.states[0], after, gradients, slope)
      const charged = resetByFlagBack(reset, at, flag)
      if (isShare(beta)) gradients.parameters[0] += charged.u * mem
      gradients.parameters[1] += charged.threshold
      gradients.states[0] = clampShare(beta) * charged.u
      return charged.u
    },
  }
}
