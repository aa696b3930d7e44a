import { findSurrogate, surrogateParameters } from '../../../../../src-shared/model/surrogates.ts'
import type { NeuronSemantics } from '../../../program.ts'
import { integrateFireModel } from './integrateFire.ts'
import { leakyModel } from './leaky.ts'
import type { NeuronModel, SpikeSlope } from './neuronModel.ts'

type Makers = {
  [Model in NeuronSemantics['model']]: (
    neuron: Extract<NeuronSemantics, { model: Model }>,
    slope: SpikeSlope,
  ) => NeuronModel
}

/** The table of models. */
const makers: Makers = {
  leaky: leakyModel,
  lif: integrateFireModel,
  if: integrateFireModel,
}

/** The model of a neuron's semantics, with its surrogate. */
export function neuronModel(neuron: NeuronSemantics): NeuronModel {
  const surrogate = findSurrogate(neuron.surrogate.name)
  if (!surrogate) throw new Error(`no surrogate is called "${neuron.surrogate.name}"`)
  const parameters = surrogateParameters(neuron.surrogate)
  const slope: SpikeSlope = (x, spiked) => surrogate.derivative(x, spiked, parameters)
  const make = makers[neuron.model] as (neuron: NeuronSemantics, slope: SpikeSlope) => NeuronModel
  return make(neuron, slope)
}
