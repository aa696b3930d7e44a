import type { FieldValues, SurrogateValue } from '../../../src-shared/fields.ts'
import type { IntegrateFireSemantics } from '../neuronSemantics.ts'
import { neuronOps } from './neuron.ts'

/** What all of spikingjelly's neurons take from their tables. */
function sameStep(params: FieldValues) {
  return {
    threshold: Number(params.threshold),
    reset: params.reset as IntegrateFireSemantics['reset'],
    resetValue: Number(params.resetValue),
    detachReset: params.detachReset === true,
    surrogate: params.surrogate as SurrogateValue,
  }
}

/** The named numbers of a table. */
function numbers<Name extends string>(params: FieldValues, ...names: Name[]): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, Number(params[name])])) as Record<Name, number>
}

/** spikingjelly's IFNode. */
export const integrateFire = neuronOps({
  kind: 'if',
  states: [],
  semantics: (params) => ({ model: 'if', tau: 1, decayInput: false, ...sameStep(params) }),
})

/** spikingjelly's LIFNode. */
export const lif = neuronOps({
  kind: 'lif',
  states: [],
  semantics: (params) => ({
    model: 'lif',
    tau: Number(params.tau),
    decayInput: params.decayInput === true,
    ...sameStep(params),
  }),
})

/** spikingjelly's ParametricLIFNode. */
export const plif = neuronOps({
  kind: 'plif',
  states: [],
  semantics: (params) => ({ model: 'plif', decayInput: params.decayInput === true, ...sameStep(params) }),
})

/** spikingjelly's QIFNode. */
export const qif = neuronOps({
  kind: 'qif',
  states: [],
  semantics: (params) => ({
    model: 'qif',
    ...numbers(params, 'tau', 'critical', 'gain', 'rest'),
    ...sameStep(params),
  }),
})

/** spikingjelly's EIFNode. */
export const eif = neuronOps({
  kind: 'eif',
  states: [],
  semantics: (params) => ({
    model: 'eif',
    ...numbers(params, 'tau', 'sharpness', 'rheobase', 'rest'),
    ...sameStep(params),
  }),
})

/** spikingjelly's IzhikevichNode. */
export const izhikevich = neuronOps({
  kind: 'izhikevich',
  states: ['w'],
  semantics: (params) => ({
    model: 'izhikevich',
    ...numbers(params, 'tau', 'critical', 'gain', 'rest'),
    ...numbers(params, 'recoveryRest', 'recoveryTau', 'coupling', 'jump'),
    ...sameStep(params),
  }),
})

/** spikingjelly's KLIFNode. */
export const klif = neuronOps({
  kind: 'klif',
  states: [],
  semantics: (params) => ({
    model: 'klif',
    tau: Number(params.tau),
    decayInput: params.decayInput === true,
    scaleReset: params.scaleReset === true,
    ...sameStep(params),
  }),
})

/** spikingjelly's CUBALIFNode. */
export const cubaLif = neuronOps({
  kind: 'cubalif',
  states: ['c'],
  semantics: (params) => ({
    model: 'cubalif',
    ...numbers(params, 'currentDecay', 'voltageDecay'),
    ...sameStep(params),
  }),
})
