import { findSurrogate, surrogateParameters } from '../../../../../src-shared/model/surrogates.ts'
import type { NeuronOp, NeuronSemantics } from '../../../program.ts'
import type { Memory } from '../memory.ts'
import { integrateFireModel } from './integrateFire.ts'
import { leakyModel } from './leaky.ts'
import type { NeuronConstants, NeuronModel, NeuronTrace } from './neuronModel.ts'

/** The model of a neuron's semantics, with its surrogate. */
export function neuronModel(neuron: NeuronSemantics): NeuronModel {
  const surrogate = findSurrogate(neuron.surrogate.name)
  if (!surrogate) throw new Error(`no surrogate is called "${neuron.surrogate.name}"`)
  const parameters = surrogateParameters(neuron.surrogate)
  const slope = (x: number, spiked: boolean) => surrogate.derivative(x, spiked, parameters)
  return neuron.model === 'leaky' ? leakyModel(neuron, slope) : integrateFireModel(neuron, slope)
}

/** β and θ of each neuron of an op; zero where its semantics carry plain numbers. */
export function constantsOf(op: Pick<NeuronOp, 'beta' | 'threshold'>, memory: Memory) {
  const betas = memory.optional(op.beta)
  const threshold = memory.optional(op.threshold)?.[0] ?? 0
  return (n: number): NeuronConstants => ({ beta: betas ? betas[betas.length > 1 ? n : 0] : 0, threshold })
}

export function emptyTrace(timeSteps: number): NeuronTrace {
  return {
    input: new Float32Array(timeSteps),
    charged: new Float32Array(timeSteps),
    spikes: new Float32Array(timeSteps),
    membrane: new Float32Array(timeSteps),
  }
}
