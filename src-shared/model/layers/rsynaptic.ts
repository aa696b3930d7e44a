import type { LayerDefinition } from '../layerDefinition.ts'
import { surrogateField, thresholdField } from '../neuronFields.ts'
import {
  decayField,
  flagResetField,
  inhibitionField,
  learningFields,
  neuronParameter,
} from '../neuronParameters.ts'
import { recurrentFields, recurrentParameters, recurrentShape } from '../recurrentFields.ts'

/** snnTorch's RSynaptic: Synaptic that also hears its own layer's spikes of the step before. */
export const rsynaptic: LayerDefinition = {
  kind: 'rsynaptic',
  label: 'Recurrent Synaptic',
  family: 'neuron',
  framework: 'snntorch',
  help: 'Synaptic neurons that hear each other, with the semantics of snnTorch.',
  equation: 'I[t] = α·I[t-1] + X[t] + V(S[t-1]),  U[t] = β·U[t-1] + I[t] - S[t-1]·θ,  S[t] = U[t] > θ',
  fields: [
    decayField(
      'alpha',
      'Current decay',
      'α',
      0.9,
      'The share of the synaptic current that is left after a step.',
    ),
    decayField('beta', 'Decay', 'β', 0.95, 'The share of the membrane potential that is left after a step.'),
    thresholdField,
    ...recurrentFields,
    flagResetField('The membrane is set to zero, with the new input.'),
    inhibitionField,
    surrogateField('snntorch', 'atan'),
    ...learningFields(['alpha', 'α'], ['beta', 'β'], ['threshold', 'θ']),
  ],
  inferShape: recurrentShape,
  parameters: (input, params) => [
    neuronParameter('alpha', input, params),
    neuronParameter('beta', input, params),
    neuronParameter('threshold', input, params),
    ...recurrentParameters(input, params),
  ],
}
