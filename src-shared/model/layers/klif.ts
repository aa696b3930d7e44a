import type { LayerDefinition } from '../layerDefinition.ts'
import { decayInputField, sameStepFields, timeConstantField } from '../neuronFields.ts'
import { switchField } from '../neuronParameters.ts'

/** spikingjelly's KLIFNode: LIF whose charged membrane is relu(k·V), with a learned k that starts at 1. */
export const klif: LayerDefinition = {
  kind: 'klif',
  label: 'KLIF',
  family: 'neuron',
  framework: 'spikingjelly',
  help: 'LIF neuron with a learned scale of its membrane, with the semantics of spikingjelly.',
  equation: 'H[t] = relu(k·(V[t-1] + (X[t] - (V[t-1] - V₀))/τ)),  S[t] = H[t] ≥ θ,  V[t] = reset(H[t], S[t])',
  fields: [
    timeConstantField(1, 2),
    decayInputField,
    switchField(
      'scaleReset',
      'Scale the reset',
      false,
      'Whether membrane and threshold are divided by k in the reset.',
    ),
    ...sameStepFields({ surrogate: 'Sigmoid' }),
    switchField('learnK', 'Learn k', true, 'Whether the scale k is trained.'),
  ],
  inferShape: (input) => [...input],
  parameters: (_input, params) => [
    { name: 'k', shape: [], learnable: params.learnK === true, initialise: { kind: 'constant', value: 1 } },
  ],
}
