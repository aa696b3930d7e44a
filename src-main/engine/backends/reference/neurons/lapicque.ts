import type { LapicqueSemantics } from '../../../neuronSemantics.ts'
import { fire, fireBack, flagOf, resetByFlag, resetByFlagBack } from './delayedReset.ts'
import type { NeuronModel, SpikeSlope } from './neuronModel.ts'

const { fround } = Math

/** snnTorch's Lapicque: X·R·(1/RC)·Δt + (1 - Δt/RC)·U. */
export function lapicqueModel(neuron: LapicqueSemantics, slope: SpikeSlope): NeuronModel {
  const { reset, resistance, capacitance, timeStep } = neuron
  const timing = { reset, delayed: true }
  const product = fround(resistance * capacitance)
  const rate = fround(1 / product)
  const leak = fround(1 - fround(timeStep / product))
  return {
    states: ['mem'],
    parameters: ['threshold'],
    start: [0],
    step([threshold], before, input, _feedback, after) {
      const mem = before.states[0]
      const flag = flagOf(mem, threshold)
      const driven = fround(fround(fround(input * resistance) * rate) * timeStep)
      const charged = fround(driven + fround(leak * mem))
      after.states[0] = fire(timing, resetByFlag(reset, charged, flag, threshold), flag, threshold, after)
    },
    back([threshold], before, _input, after, gradients) {
      const flag = flagOf(before.states[0], threshold)
      const at = fireBack(timing, flag, threshold, gradients.states[0], after, gradients, slope)
      const charged = resetByFlagBack(reset, at, flag)
      gradients.parameters[0] += charged.threshold
      gradients.states[0] = leak * charged.u
      return resistance * rate * timeStep * charged.u
    },
  }
}
