import type { BackwardOp, ForwardOp, LossOp } from './program.ts'
import type { UpdateOp } from './updateOps.ts'

export type AnyOp = ForwardOp | LossOp | BackwardOp | UpdateOp

/** Values that an op reads and writes, by id; an update reads what it writes. */
export interface Operands {
  reads: string[]
  writes: string[]
}

const present = (ids: readonly (string | null)[]): string[] => ids.filter((id) => id !== null)

/** The values of any op, in the order of its fields. */
export function operandsOf(op: AnyOp): Operands {
  switch (op.op) {
    case 'encode':
      return { reads: [], writes: [op.output] }
    case 'linear':
      return { reads: present([op.input, op.weight, op.bias]), writes: [op.output] }
    case 'neuron':
      return {
        reads: [op.input, ...Object.values(op.parameters)],
        writes: [op.spikes, op.membrane, ...Object.values(op.states)],
      }
    case 'gradedSpikes':
      return { reads: [op.input, op.factor], writes: [op.output] }
    case 'convolution':
      return { reads: present([op.input, op.weight, op.bias]), writes: [op.output] }
    case 'pool':
    case 'dropout':
      return { reads: [op.input], writes: [op.output] }
    case 'add':
    case 'concat':
    case 'accumulate':
      return { reads: op.inputs, writes: [op.output] }
    case 'addBackward':
    case 'concatBackward':
      return { reads: [op.gradient], writes: present(op.outputs) }
    case 'batchNorm':
      return {
        reads: present([op.input, op.weight, op.bias, op.runningMean, op.runningVariance]),
        writes: [op.output, op.runningMean, op.runningVariance],
      }
    case 'loss':
      return { reads: [op.input, op.spikes], writes: [op.gradient] }
    case 'neuronBackward':
      return {
        reads: present([
          op.input,
          ...Object.values(op.parameters),
          op.spikes,
          op.membrane,
          op.spikesGradient,
          op.membraneGradient,
        ]),
        writes: present([op.inputGradient, ...Object.values(op.parameterGradients)]),
      }
    case 'gradedSpikesBackward':
      return {
        reads: [op.input, op.factor, op.gradient],
        writes: present([op.spikesGradient, op.factorGradient]),
      }
    case 'linearWeightGradient':
      return { reads: [op.input, op.gradient], writes: present([op.weightGradient, op.biasGradient]) }
    case 'linearInputGradient':
      return { reads: [op.gradient, op.weight], writes: [op.output] }
    case 'convolutionWeightGradient':
      return { reads: [op.input, op.gradient], writes: present([op.weightGradient, op.biasGradient]) }
    case 'convolutionInputGradient':
      return { reads: [op.gradient, op.weight], writes: [op.output] }
    case 'dropoutBackward':
      return { reads: [op.gradient], writes: [op.output] }
    case 'poolBackward':
      return { reads: [op.input, op.gradient], writes: [op.output] }
    case 'batchNormBackward':
      return {
        reads: present([op.input, op.gradient, op.weight]),
        writes: present([op.inputGradient, op.weightGradient, op.biasGradient]),
      }
    case 'adam':
      return {
        reads: [op.parameter, op.gradient, op.firstMoment, op.secondMoment],
        writes: [op.parameter, op.firstMoment, op.secondMoment],
      }
    case 'adamax':
      return {
        reads: [op.parameter, op.gradient, op.firstMoment, op.infinityNorm],
        writes: [op.parameter, op.firstMoment, op.infinityNorm],
      }
    case 'rmsprop': {
      const states = present([op.squareAverage, op.momentumBuffer, op.gradientAverage])
      return { reads: [op.parameter, op.gradient, ...states], writes: [op.parameter, ...states] }
    }
    case 'sgd':
      return {
        reads: present([op.parameter, op.gradient, op.momentumBuffer]),
        writes: present([op.parameter, op.momentumBuffer]),
      }
  }
}
