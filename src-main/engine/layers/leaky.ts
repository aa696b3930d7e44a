import type { SurrogateValue } from '../../../src-shared/fields.ts'
import type { LeakySemantics } from '../program.ts'
import { neuronOps } from './neuron.ts'

/** snnTorch's Leaky; β and θ are values, because they may be learned or differ per neuron. */
export const leaky = neuronOps({
  kind: 'leaky',
  states: [],
  semantics: (params): LeakySemantics => ({
    model: 'leaky',
    reset: params.reset as LeakySemantics['reset'],
    delayed: params.resetDelay === true,
    surrogate: params.surrogate as SurrogateValue,
  }),
})
