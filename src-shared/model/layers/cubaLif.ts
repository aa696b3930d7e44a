import type { LayerDefinition } from '../layerDefinition.ts'
import { sameStepFields } from '../neuronFields.ts'
import { decayField } from '../neuronParameters.ts'

/** spikingjelly's CUBALIFNode: c' = c·c_decay + X, H = V·v_decay + c'. */
export const cubaLif: LayerDefinition = {
  kind: 'cubalif',
  label: 'CUBA-LIF',
  family: 'neuron',
  framework: 'spikingjelly',
  help: 'Current-based LIF neuron with the semantics of spikingjelly.',
  equation: 'c[t] = c[t-1]·d꜀ + X[t],  H[t] = V[t-1]·dᵥ + c[t],  S[t] = H[t] ≥ θ,  V[t] = reset(H[t], S[t])',
  fields: [
    decayField(
      'currentDecay',
      'Current decay',
      'd꜀',
      0.5,
      'The share of the current that is left after a step.',
    ),
    decayField(
      'voltageDecay',
      'Voltage decay',
      'dᵥ',
      0.75,
      'The share of the membrane that is left after a step.',
    ),
    ...sameStepFields({ threshold: 0.5, surrogate: 'Rect' }),
  ],
  inferShape: (input) => [...input],
  parameters: () => [],
}
