import type { LeakyParallelSemantics } from '../../../neuronSemantics.ts'
import type { NeuronModel, SpikeSlope } from './neuronModel.ts'

const { fround } = Math

/** snnTorch's LeakyParallel: a ReLU over the input and what comes of the membranes of the step before. */
export function leakyParallelModel(_neuron: LeakyParallelSemantics, slope: SpikeSlope): NeuronModel {
  return {
    states: ['mem'],
    parameters: ['threshold'],
    start: [0],
    step([threshold], _before, input, feedback, after) {
      after.states[0] = Math.max(0, fround(input + feedback))
      after.above = fround(after.states[0] - threshold)
      after.spike = after.above > 0 ? 1 : 0
    },
    back(_parameters, _before, _input, after, gradients) {
      const throughSpike = gradients.spike * slope(after)
      const at = after.states[0] > 0 ? gradients.states[0] + throughSpike : 0
      gradients.parameters[0] -= throughSpike
      gradients.states[0] = 0
      return at
    },
  }
}
