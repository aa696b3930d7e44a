import type { LayerDefinition } from '../layerDefinition.ts'
import { surrogateField, thresholdField } from '../neuronFields.ts'
import {
  decayField,
  flagResetField,
  inhibitionField,
  learningFields,
  neuronParameter,
  resetDelayField,
} from '../neuronParameters.ts'
import { recurrentFields, recurrentParameters, recurrentShape } from '../recurrentFields.ts'

/** snnTorch's RLeaky: Leaky that also hears its own layer's spikes of the step before. */
export const rleaky: LayerDefinition = {
  kind: 'rleaky',
  label: 'Recurrent Leaky',
  family: 'neuron',
  framework: 'snntorch',
  help: 'Leaky neurons that hear each other, with the semantics of snnTorch.',
  equation: 'U[t] = β·U[t-1] + I[t] + V(S[t-1]) - S[t-1]·θ,  S[t] = U[t] > θ',
  fields: [
    decayField('beta', 'Decay', 'β', 0.95, 'The share of the membrane potential that is left after a step.'),
    thresholdField,
    ...recurrentFields,
    flagResetField('The membrane is set to zero, with the new input.'),
    resetDelayField,
    inhibitionField,
    surrogateField('snntorch', 'atan'),
    ...learningFields(['beta', 'β'], ['threshold', 'θ']),
  ],
  inferShape: recurrentShape,
  parameters: (input, params) => [
    neuronParameter('beta', input, params),
    neuronParameter('threshold', input, params),
    ...recurrentParameters(input, params),
  ],
}
