import type { BooleanField, ChoiceField, Field, NumberField } from './fields.ts'
import { firstSpikeField, latencyFields } from './sampleEncodingTables.ts'

/** What an output should do over time for the label of its sample: snnTorch's `spikegen.targets_*`. */

const firstSpike: NumberField = { ...firstSpikeField, help: 'No output fires before this step.' }

function share(key: string, label: string, value: number, help: string): NumberField {
  const range = { min: 0, max: 1, step: 0.05, slider: [0, 1] as const }
  return { type: 'number', key, label, unit: 'spikes/step', ...range, default: value, help }
}

const interpolate: BooleanField = {
  type: 'boolean',
  key: 'interpolate',
  label: 'Interpolate',
  default: false,
  help: 'Whether the target rises to each spike in a ramp, for membranes.',
}

const rateFields: readonly Field[] = [
  firstSpike,
  share('correctRate', 'Rate of the class', 1, 'Share of the steps at which the class of the label fires.'),
  share('incorrectRate', 'Rate of the others', 0, 'Share of the steps at which every other class fires.'),
  {
    type: 'choice',
    key: 'pattern',
    label: 'Pattern',
    default: 'regular',
    options: [
      { value: 'regular', label: 'regular', help: 'A spike after each whole 1/rate steps.' },
      {
        value: 'uniform',
        label: 'uniform',
        help: 'As many spikes, at random steps; those that meet are one.',
      },
      { value: 'poisson', label: 'Poisson', help: 'A spike at each step by chance.' },
    ],
    help: 'When the spikes of a rate below 1 come.',
  },
  interpolate,
]

/** The words of latency coding that speak of pixels, as they are meant of outputs. */
const latencyHelps: Record<string, string> = {
  firstSpikeTime: firstSpike.help,
  threshold:
    'The class of the label is at 1 and fires early; the others are at 0, below this, and fire last.',
  linear: 'Whether the others fire at τ·(1-θ) instead of after the charging of a circuit.',
  clip: 'Whether the other classes do not fire at all.',
  interpolate: interpolate.help,
  epsilon: 'How far above the threshold the other classes count; it decides when they fire.',
}

const latencyTargetFields: readonly Field[] = latencyFields.map((field) =>
  field.key in latencyHelps ? { ...field, help: latencyHelps[field.key] } : field,
)

const values = ['onTarget', 'offTarget']
const valueFields = latencyTargetFields.filter(({ key }) => values.includes(key))
const sharedKeys = [...rateFields.map(({ key }) => key), ...values]

/** The codes of labels. Parameters are those of snnTorch, and stand for the same where they have the same name. */
export const targetTables = {
  rate: {
    label: 'rate (snnTorch)',
    help: 'The class of the label fires at one rate, every other at another (targets_rate).',
    fields: [...rateFields, ...valueFields] as readonly Field[],
  },
  latency: {
    label: 'latency (snnTorch)',
    help: 'The class of the label fires early, every other late (targets_latency).',
    fields: latencyTargetFields,
  },
  convert: {
    label: 'convert (snnTorch)',
    help: 'Either of both codes; latency then has no values and no ramps of its own (targets_convert).',
    fields: [
      {
        type: 'choice',
        key: 'code',
        label: 'Code',
        default: 'rate',
        options: [
          { value: 'rate', label: 'rate' },
          { value: 'latency', label: 'latency' },
        ],
        help: 'Which of both codes it is.',
      },
      ...rateFields,
      ...valueFields,
      ...latencyTargetFields.filter(({ key }) => !sharedKeys.includes(key) && key !== 'epsilon'),
    ] as readonly Field[],
  },
} as const satisfies Record<string, { label: string; help: string; fields: readonly Field[] }>

export type TargetKind = keyof typeof targetTables

export const targetField: ChoiceField = {
  type: 'choice',
  key: 'kind',
  label: 'Target code',
  default: 'rate',
  options: Object.entries(targetTables).map(([value, { label, help }]) => ({ value, label, help })),
  help: 'How a label becomes what the outputs should do over the time steps.',
}
