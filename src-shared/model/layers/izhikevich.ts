import type { LayerDefinition } from '../layerDefinition.ts'
import { constantField, sameStepFields, timeConstantField } from '../neuronFields.ts'

/** spikingjelly's IzhikevichNode: a quadratic neuron with a slow recovery w. */
export const izhikevich: LayerDefinition = {
  kind: 'izhikevich',
  label: 'Izhikevich',
  family: 'neuron',
  framework: 'spikingjelly',
  help: 'Quadratic neuron that tires and recovers, with the semantics of spikingjelly.',
  equation:
    'H[t] = V[t-1] + (X[t] + a₀·(V[t-1] - Vᵣ)·(V[t-1] - V꜀) - w[t-1])/τ,  w[t] = w[t-1] + (a·(H[t] - Vᵣ) - w[t-1])/τ_w + b·S[t]',
  fields: [
    timeConstantField(0, 2),
    constantField('critical', 'Critical voltage', 'V꜀', 0.8, 'Above it the membrane grows by itself.'),
    constantField('gain', 'Gain', 'a₀', 1, 'How strongly the membrane acts on itself.'),
    constantField('rest', 'Resting potential', 'Vᵣ', -0.1, 'Where the membrane rests without input.'),
    constantField('recoveryRest', 'Recovery at first', 'w₀', 0, 'The recovery before the first step.'),
    {
      ...timeConstantField(0, 2),
      key: 'recoveryTau',
      label: 'Recovery time constant',
      symbol: 'τ_w',
      help: 'How many steps the recovery takes to forget.',
    },
    constantField('coupling', 'Coupling', 'a', 0, 'How strongly the membrane drives the recovery.'),
    constantField('jump', 'Jump', 'b', 0, 'What a spike adds to the recovery.'),
    ...sameStepFields({ surrogate: 'Sigmoid' }),
  ],
  inferShape: (input) => [...input],
  parameters: () => [],
}
