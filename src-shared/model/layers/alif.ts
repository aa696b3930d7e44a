import type { LayerDefinition } from '../layerDefinition.ts'
import { constantField, surrogateField, thresholdField } from '../neuronFields.ts'
import {
  decayField,
  flagResetField,
  learningFields,
  neuronParameter,
  switchField,
} from '../neuronParameters.ts'

/**
 * A neuron with an adaptive threshold A = θ + β_a·b, where b follows its own spikes (Bellec et al., NeurIPS 2018;
 * without normalisation as in Nat. Commun. 2020), in snnTorch's timing so that it mixes with Leaky.
 */
export const alif: LayerDefinition = {
  kind: 'alif',
  label: 'ALIF',
  family: 'neuron',
  help: 'Leaky neuron whose threshold rises with its own spikes.',
  equation:
    'U[t] = β·U[t-1] + I[t] - S[t-1]·A[t-1],  b[t] = α·b[t-1] + (1-α)·S[t-1],  A[t] = θ + βₐ·b[t],  S[t] = U[t] > A[t]',
  fields: [
    decayField('beta', 'Decay', 'β', 0.9, 'The share of the membrane potential that is left after a step.'),
    decayField(
      'alpha',
      'Adaptation decay',
      'α',
      0.9,
      'The share of the adaptation that is left after a step.',
    ),
    constantField('adapt', 'Adaptation strength', 'βₐ', 1.8, 'How far the adaptation raises the threshold.'),
    { ...thresholdField, help: 'The threshold without adaptation.' },
    switchField('normalise', 'Normalise', true, 'Whether a spike adds 1 - α to the adaptation, or 1.'),
    flagResetField('The old membrane is set to zero; the new input survives.'),
    switchField(
      'detachAdaptation',
      'Detach adaptation',
      false,
      'Whether the gradient is cut where the adaptation reads the spike.',
    ),
    surrogateField('snntorch', 'atan'),
    ...learningFields(['beta', 'β'], ['alpha', 'α'], ['adapt', 'βₐ'], ['threshold', 'θ']),
  ],
  inferShape: (input) => [...input],
  parameters: (input, params) =>
    ['beta', 'alpha', 'adapt', 'threshold'].map((name) => neuronParameter(name, input, params)),
}
