import { gradedFields, gradedParameters } from '../gradedSpikes.ts'
import { elementCount, type LayerDefinition } from '../layerDefinition.ts'
import { surrogateField, thresholdField } from '../neuronFields.ts'
import { inhibitedShape, inhibitionField } from '../neuronParameters.ts'

/**
 * snnTorch's Leaky (0.8 and later): U' = βU + I - R·θ with R = [U > θ] of the step before and detached,
 * S = [U' > θ]. The recorded membrane is the one before its own reset.
 */
export const leaky: LayerDefinition = {
  kind: 'leaky',
  label: 'Leaky',
  family: 'neuron',
  framework: 'snntorch',
  help: 'Leaky integrate-and-fire neuron with the semantics of snnTorch.',
  equation: 'U[t] = β·U[t-1] + I[t] - S[t-1]·θ,  S[t] = U[t] > θ',
  fields: [
    {
      type: 'number',
      key: 'beta',
      label: 'Decay',
      symbol: 'β',
      unit: 'per step',
      min: 0,
      max: 1,
      step: 0.01,
      default: 0.95,
      help: 'The share of the membrane potential that is left after a step.',
    },
    thresholdField,
    {
      type: 'choice',
      key: 'reset',
      label: 'Reset',
      default: 'subtract',
      options: [
        { value: 'subtract', label: 'subtract', help: 'The threshold is subtracted from the membrane.' },
        { value: 'zero', label: 'zero', help: 'The old membrane is set to zero; the new input survives.' },
        { value: 'none', label: 'none', help: 'The membrane is left as it is.' },
      ],
      help: 'What a spike does to the membrane.',
    },
    {
      type: 'boolean',
      key: 'resetDelay',
      label: 'Delayed reset',
      default: true,
      help: "Whether the reset acts one step after the spike (snnTorch's default) or in the same step.",
    },
    inhibitionField,
    surrogateField('snntorch', 'atan'),
    {
      type: 'boolean',
      key: 'learnBeta',
      label: 'Learn β',
      default: false,
      help: 'Whether the decay is trained.',
    },
    {
      type: 'boolean',
      key: 'learnThreshold',
      label: 'Learn θ',
      default: false,
      help: 'Whether the threshold is trained.',
    },
    {
      type: 'boolean',
      key: 'betaPerNeuron',
      label: 'β per neuron',
      default: false,
      help: 'Whether every neuron has a decay of its own.',
    },
    {
      type: 'boolean',
      key: 'thresholdPerNeuron',
      label: 'θ per neuron',
      default: false,
      optional: true,
      help: 'Whether every neuron has a threshold of its own.',
    },
    ...gradedFields,
  ],
  inferShape: inhibitedShape,
  parameters: (input, params) => [
    {
      name: 'beta',
      shape: params.betaPerNeuron ? [elementCount(input)] : [],
      learnable: params.learnBeta === true,
      initialise: { kind: 'constant', value: Number(params.beta) },
    },
    {
      name: 'threshold',
      shape: params.thresholdPerNeuron ? [elementCount(input)] : [],
      learnable: params.learnThreshold === true,
      initialise: { kind: 'constant', value: Number(params.threshold) },
    },
    ...gradedParameters(input, params),
  ],
}
