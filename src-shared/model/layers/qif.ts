import type { LayerDefinition } from '../layerDefinition.ts'
import { constantField, sameStepFields, timeConstantField } from '../neuronFields.ts'

/** spikingjelly's QIFNode: the membrane grows by the square of what it is above its critical value. */
export const qif: LayerDefinition = {
  kind: 'qif',
  label: 'QIF',
  family: 'neuron',
  framework: 'spikingjelly',
  help: 'Quadratic integrate-and-fire neuron with the semantics of spikingjelly.',
  equation: 'H[t] = V[t-1] + (X[t] + a₀·(V[t-1] - Vᵣ)·(V[t-1] - V꜀))/τ,  S[t] = H[t] ≥ θ',
  fields: [
    timeConstantField(0, 2),
    constantField('critical', 'Critical voltage', 'V꜀', 0.8, 'Above it the membrane grows by itself.'),
    constantField('gain', 'Gain', 'a₀', 1, 'How strongly the membrane acts on itself.'),
    constantField('rest', 'Resting potential', 'Vᵣ', 0, 'Where the membrane rests without input.'),
    ...sameStepFields({ resetValue: -0.1, surrogate: 'Sigmoid' }),
  ],
  inferShape: (input) => [...input],
  parameters: () => [],
}
