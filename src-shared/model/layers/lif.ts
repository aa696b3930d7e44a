import type { LayerDefinition } from '../layerDefinition.ts'
import {
  detachResetField,
  hardSoftResetField,
  resetValueField,
  surrogateField,
  thresholdField,
} from '../neuronFields.ts'

/**
 * spikingjelly's LIFNode: charge V + (X - (V - V₀))/τ (or V - (V - V₀)/τ + X), S = [V ≥ θ], then reset in the
 * same step. The recorded membrane is the one after its reset.
 */
export const lif: LayerDefinition = {
  kind: 'lif',
  label: 'LIF',
  family: 'neuron',
  framework: 'spikingjelly',
  help: 'Leaky integrate-and-fire neuron with the semantics of spikingjelly.',
  equation: 'H[t] = V[t-1] + (X[t] - (V[t-1] - V₀))/τ,  S[t] = H[t] ≥ θ,  V[t] = reset(H[t], S[t])',
  fields: [
    {
      type: 'number',
      key: 'tau',
      label: 'Time constant',
      symbol: 'τ',
      unit: 'steps',
      min: 1,
      minExclusive: true,
      max: 10000,
      step: 0.5,
      default: 2,
      help: 'How many steps the membrane takes to forget.',
    },
    {
      type: 'boolean',
      key: 'decayInput',
      label: 'Decay input',
      default: true,
      help: "Whether the input is divided by τ as well (spikingjelly's default).",
    },
    thresholdField,
    hardSoftResetField,
    resetValueField,
    detachResetField,
    surrogateField('spikingjelly', 'ATan'),
  ],
  inferShape: (input) => [...input],
  parameters: () => [],
}
