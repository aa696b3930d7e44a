import type { LayerDefinition } from '../layerDefinition.ts'
import { surrogateField, thresholdField } from '../neuronFields.ts'
import {
  decayField,
  flagResetField,
  inhibitedShape,
  inhibitionField,
  learningFields,
  neuronParameter,
  resetDelayField,
} from '../neuronParameters.ts'

/**
 * snnTorch's Synaptic: I' = αI + X, U' = βU + I' - R·θ. The synaptic current is never reset, and a reset to zero
 * takes the new input away too (Leaky's does not).
 */
export const synaptic: LayerDefinition = {
  kind: 'synaptic',
  label: 'Synaptic',
  family: 'neuron',
  framework: 'snntorch',
  help: 'Leaky integrate-and-fire neuron with a synaptic current, with the semantics of snnTorch.',
  equation: 'I[t] = α·I[t-1] + X[t],  U[t] = β·U[t-1] + I[t] - S[t-1]·θ,  S[t] = U[t] > θ',
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
    flagResetField('The membrane is set to zero, with the new input.'),
    resetDelayField,
    inhibitionField,
    surrogateField('snntorch', 'atan'),
    ...learningFields(['alpha', 'α'], ['beta', 'β'], ['threshold', 'θ']),
  ],
  inferShape: inhibitedShape,
  parameters: (input, params) =>
    ['alpha', 'beta', 'threshold'].map((name) => neuronParameter(name, input, params)),
}
