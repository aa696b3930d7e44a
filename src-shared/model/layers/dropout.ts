import type { LayerDefinition } from '../layerDefinition.ts'

/** torch's and spikingjelly's Dropout: in training values are zeroed, the others scaled by 1/(1 - p). */
export const dropout: LayerDefinition = {
  kind: 'dropout',
  label: 'Dropout',
  family: 'shape',
  help: 'While training, zeroes values at random and scales the others up; evaluation passes everything.',
  equation: 'y = m·x/(1 - p)',
  fields: [
    {
      type: 'number',
      key: 'probability',
      label: 'Probability',
      symbol: 'p',
      min: 0,
      max: 0.99,
      step: 0.05,
      default: 0.5,
      help: 'The share of values that is zeroed.',
    },
    {
      type: 'choice',
      key: 'mask',
      label: 'Mask',
      default: 'sequence',
      options: [
        {
          value: 'sequence',
          label: 'one per sequence',
          help: "The same values are zeroed at every step (spikingjelly's layers).",
        },
        {
          value: 'step',
          label: 'one per step',
          help: 'Every step draws anew (a layer inside a loop over time, as in snnTorch).',
        },
      ],
      help: 'How long the same values stay zeroed.',
    },
  ],
  inferShape: (input) => [...input],
  parameters: () => [],
}
