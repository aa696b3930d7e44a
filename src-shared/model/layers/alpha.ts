import type { LayerDefinition } from '../layerDefinition.ts'
import { surrogateField, thresholdField } from '../neuronFields.ts'
import {
  decayField,
  flagResetField,
  inhibitedShape,
  inhibitionField,
  learningFields,
  neuronParameter,
} from '../neuronParameters.ts'

/**
 * snnTorch's Alpha: an excitatory and an inhibitory current whose sum, times k = ln α / (ln β - ln α) + 1, is the
 * membrane. α cannot be learned there, so neither here. Its reset by subtraction is odd; it is as it is there.
 */
export const alpha: LayerDefinition = {
  kind: 'alpha',
  label: 'Alpha',
  family: 'neuron',
  framework: 'snntorch',
  help: 'Neuron whose membrane answers a spike with an alpha function, with the semantics of snnTorch.',
  equation: 'E[t] = α·E[t-1] + X[t],  N[t] = β·N[t-1] - X[t],  U[t] = k·(E[t] + N[t]),  S[t] = U[t] > θ',
  fields: [
    {
      ...decayField(
        'alpha',
        'Excitatory decay',
        'α',
        0.9,
        'The share of the excitatory current that is left after a step; above β.',
      ),
      minExclusive: true,
    },
    {
      ...decayField(
        'beta',
        'Inhibitory decay',
        'β',
        0.8,
        'The share of the inhibitory current that is left after a step; below α.',
      ),
      minExclusive: true,
      max: 0.9999,
    },
    thresholdField,
    flagResetField('Both currents and the membrane are set to zero, with the new input.', 'zero'),
    inhibitionField,
    surrogateField('snntorch', 'atan'),
    ...learningFields(['beta', 'β'], ['threshold', 'θ']),
  ],
  inferShape: (input, params) =>
    Number(params.alpha) > Number(params.beta)
      ? inhibitedShape(input, params)
      : {
          wanted: { phrase: 'decay.alphaAboveBeta' },
          found: `α = ${String(params.alpha)}, β = ${String(params.beta)}`,
        },
  parameters: (input, params) => [
    neuronParameter('alpha', input, params),
    neuronParameter('beta', input, params),
    neuronParameter('threshold', input, params),
  ],
}
