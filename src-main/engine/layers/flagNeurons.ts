import type { FieldValues, SurrogateValue } from '../../../src-shared/fields.ts'
import type { LeakySemantics } from '../neuronSemantics.ts'
import { circuitOf } from '../../../src-shared/model/circuit.ts'
import { neuronOps } from './neuron.ts'

/** What all neurons in snnTorch's timing take from their tables. */
function flagReset(params: FieldValues) {
  return {
    reset: params.reset as LeakySemantics['reset'],
    inhibition: params.inhibition === true,
    surrogate: params.surrogate as SurrogateValue,
  }
}

/** snnTorch's Leaky. */
export const leaky = neuronOps({
  kind: 'leaky',
  states: [],
  semantics: (params) => ({ model: 'leaky', delayed: params.resetDelay === true, ...flagReset(params) }),
})

/** snnTorch's Synaptic. */
export const synaptic = neuronOps({
  kind: 'synaptic',
  states: ['syn'],
  semantics: (params) => ({ model: 'synaptic', delayed: params.resetDelay === true, ...flagReset(params) }),
})

/** snnTorch's Lapicque. */
export const lapicque = neuronOps({
  kind: 'lapicque',
  states: [],
  semantics: (params) => ({ model: 'lapicque', ...circuitOf(params), ...flagReset(params) }),
})

/** snnTorch's Alpha. */
export const alpha = neuronOps({
  kind: 'alpha',
  states: ['syn_exc', 'syn_inh'],
  semantics: (params) => ({ model: 'alpha', ...flagReset(params) }),
})

/** snnTorch's RLeaky. */
export const rleaky = neuronOps({
  kind: 'rleaky',
  states: [],
  semantics: (params) => ({ model: 'rleaky', delayed: params.resetDelay === true, ...flagReset(params) }),
})

/** snnTorch's RSynaptic. */
export const rsynaptic = neuronOps({
  kind: 'rsynaptic',
  states: ['syn'],
  semantics: (params) => ({ model: 'rsynaptic', ...flagReset(params) }),
})

/** The neuron with adaptive threshold. */
export const alif = neuronOps({
  kind: 'alif',
  states: ['adaptation', 'adaptiveThreshold'],
  semantics: (params) => ({
    model: 'alif',
    normalise: params.normalise === true,
    detachAdaptation: params.detachAdaptation === true,
    ...flagReset(params),
  }),
})
