import { findSurrogate, surrogateParameters } from '../../../../../src-shared/model/surrogates.ts'
import type { NeuronSemantics } from '../../../neuronSemantics.ts'
import { alifModel } from './alif.ts'
import { alphaModel } from './alpha.ts'
import { cubaLifModel } from './cubaLif.ts'
import { eifModel } from './eif.ts'
import { integrateFireModel } from './integrateFire.ts'
import { izhikevichModel } from './izhikevich.ts'
import { klifModel } from './klif.ts'
import { lapicqueModel } from './lapicque.ts'
import { leakyModel } from './leaky.ts'
import { leakyParallelModel } from './leakyParallel.ts'
import type { NeuronModel, SpikeSlope } from './neuronModel.ts'
import { plifModel } from './plif.ts'
import { qifModel } from './qif.ts'
import { rleakyModel, synapticModel } from './synaptic.ts'

type Makers = {
  [Model in NeuronSemantics['model']]: (
    neuron: Extract<NeuronSemantics, { model: Model }>,
    slope: SpikeSlope,
  ) => NeuronModel
}

/** The table of models. */
const makers: Makers = {
  leaky: leakyModel,
  synaptic: synapticModel,
  lapicque: lapicqueModel,
  alpha: alphaModel,
  rleaky: rleakyModel,
  rsynaptic: synapticModel,
  leakyparallel: leakyParallelModel,
  alif: alifModel,
  lif: integrateFireModel,
  if: integrateFireModel,
  plif: plifModel,
  qif: qifModel,
  eif: eifModel,
  izhikevich: izhikevichModel,
  klif: klifModel,
  cubalif: cubaLifModel,
}

/** The model of a neuron's semantics, with its surrogate. */
export function neuronModel(neuron: NeuronSemantics): NeuronModel {
  const surrogate = findSurrogate(neuron.surrogate.name)
  if (!surrogate) throw new Error(`no surrogate is called "${neuron.surrogate.name}"`)
  const parameters = surrogateParameters(neuron.surrogate)
  const slope: SpikeSlope = ({ above, spike, mayFire, drawn }) =>
    mayFire ? surrogate.derivative(above, spike === 1, parameters, drawn) : 0
  const make = makers[neuron.model] as (neuron: NeuronSemantics, slope: SpikeSlope) => NeuronModel
  return make(neuron, slope)
}
