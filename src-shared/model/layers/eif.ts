import type { LayerDefinition } from '../layerDefinition.ts'
import { constantField, sameStepFields, timeConstantField } from '../neuronFields.ts'

/** spikingjelly's EIFNode: the membrane grows exponentially near its rheobase. */
export const eif: LayerDefinition = {
  kind: 'eif',
  label: 'EIF',
  family: 'neuron',
  framework: 'spikingjelly',
  help: 'Exponential integrate-and-fire neuron with the semantics of spikingjelly.',
  equation: 'H[t] = V[t-1] + (X[t] + Vᵣ - V[t-1] + Δ·exp((V[t-1] - θᵣₕ)/Δ))/τ,  S[t] = H[t] ≥ θ',
  fields: [
    timeConstantField(0, 2),
    {
      ...constantField('sharpness', 'Sharpness', 'Δ', 1, 'How gradually the spike begins.'),
      min: 0.01,
    },
    constantField('rheobase', 'Rheobase threshold', 'θᵣₕ', 0.8, 'Where the exponential growth sets in.'),
    constantField('rest', 'Resting potential', 'Vᵣ', 0, 'Where the membrane rests without input.'),
    ...sameStepFields({ resetValue: -0.1, surrogate: 'Sigmoid' }),
  ],
  inferShape: (input) => [...input],
  parameters: () => [],
}
