import type { FieldValues, SurrogateValue } from '../../../src-shared/fields.ts'
import type { IntegrateFireSemantics } from '../program.ts'
import { neuronOps } from './neuron.ts'

function semantics(model: 'lif' | 'if', params: FieldValues): IntegrateFireSemantics {
  return {
    model,
    tau: model === 'lif' ? Number(params.tau) : 1,
    decayInput: model === 'lif' && params.decayInput === true,
    threshold: Number(params.threshold),
    reset: params.reset as IntegrateFireSemantics['reset'],
    resetValue: Number(params.resetValue),
    detachReset: params.detachReset === true,
    surrogate: params.surrogate as SurrogateValue,
  }
}

/** spikingjelly's IFNode. */
export const integrateFire = neuronOps({
  kind: 'if',
  states: [],
  semantics: (params) => semantics('if', params),
})

/** spikingjelly's LIFNode. */
export const lif = neuronOps({
  kind: 'lif',
  states: [],
  semantics: (params) => semantics('lif', params),
})
