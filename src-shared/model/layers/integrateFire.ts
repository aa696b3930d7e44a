import type { LayerDefinition } from '../layerDefinition.ts'
import {
  detachResetField,
  hardSoftResetField,
  resetValueField,
  surrogateField,
  thresholdField,
} from '../neuronFields.ts'

/** spikingjelly's IFNode: charge V + X, S = [V ≥ θ], then reset in the same step. */
export const integrateFire: LayerDefinition = {
  kind: 'if',
  label: 'IF',
  family: 'neuron',
  framework: 'spikingjelly',
  help: 'Integrate-and-fire neuron without leak, with the semantics of spikingjelly.',
  equation: 'H[t] = V[t-1] + X[t],  S[t] = H[t] ≥ θ,  V[t] = reset(H[t], S[t])',
  fields: [
    thresholdField,
    hardSoftResetField,
    resetValueField,
    detachResetField,
    surrogateField('spikingjelly', 'ATan'),
  ],
  inferShape: (input) => [...input],
  parameters: () => [],
}
