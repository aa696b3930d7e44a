import type { LayerDefinition } from '../layerDefinition.ts'
import { decayInputField, sameStepFields, timeConstantField } from '../neuronFields.ts'
import { switchField } from '../neuronParameters.ts'

/** spikingjelly's ParametricLIFNode: LIF with 1/τ = σ(w); w is learned. */
export const plif: LayerDefinition = {
  kind: 'plif',
  label: 'Parametric LIF',
  family: 'neuron',
  framework: 'spikingjelly',
  help: 'LIF neuron whose time constant is learned, with the semantics of spikingjelly.',
  equation: 'H[t] = V[t-1] + (X[t] - (V[t-1] - V₀))·σ(w),  S[t] = H[t] ≥ θ,  V[t] = reset(H[t], S[t])',
  fields: [
    { ...timeConstantField(1, 2), help: 'How many steps the membrane takes to forget, at first.' },
    decayInputField,
    ...sameStepFields({ surrogate: 'Sigmoid' }),
    switchField('learnTau', 'Learn τ', true, 'Whether the time constant is trained, by w with 1/τ = σ(w).'),
  ],
  inferShape: (input) => [...input],
  parameters: (_input, params) => [
    {
      name: 'w',
      shape: [],
      learnable: params.learnTau === true,
      initialise: { kind: 'constant', value: -Math.log(Number(params.tau) - 1) },
    },
  ],
}
