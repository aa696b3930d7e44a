import {
  defaultValues,
  type ChoiceField,
  type Field,
  type FieldValues,
  type NumberField,
  type NumbersField,
} from './fields.ts'

/** The losses that a network can be trained on, what of the last layer each reads, and its parameters. */

const readoutField = (preset: 'count' | 'first_spike'): ChoiceField => ({
  type: 'choice',
  key: 'readout',
  label: 'Class read by',
  default: preset,
  options: [
    { value: 'count', label: 'most spikes', help: 'The output that fired most; the first of equals.' },
    { value: 'first_spike', label: 'first spike', help: 'The output that fired first; the first of equals.' },
  ],
  help: 'How accuracy reads a class from the output spikes.',
})

const classWeightsField: NumbersField = {
  type: 'numbers',
  key: 'classWeights',
  label: 'Class weights',
  symbol: 'w',
  min: 0,
  max: 1e6,
  most: 256,
  default: '',
  help: "One factor for each class on its samples' loss, as snnTorch averages them; empty is 1 for all.",
}

const labelSmoothingField: NumberField = {
  type: 'number',
  key: 'labelSmoothing',
  label: 'Label smoothing',
  symbol: 'ε',
  min: 0,
  max: 0.999,
  step: 0.05,
  default: 0,
  help: 'The share of the label that is spread evenly over all classes.',
}

const classesField: NumberField = {
  type: 'integer',
  key: 'classes',
  label: 'Population classes',
  symbol: 'C',
  min: 0,
  max: 256,
  step: 1,
  default: 0,
  help: 'With a population code, the number of classes, each a group of neighbouring outputs; 0 is one output for each class.',
}

const rateField = (key: string, label: string, value: number): NumberField => ({
  type: 'number',
  key,
  label,
  min: 0,
  max: 1,
  step: 0.05,
  default: value,
  help: 'The share of the steps at which such an output should fire.',
})

const targetField = (key: string, label: string, value: number, help: string): NumberField => ({
  type: 'number',
  key,
  label,
  min: -10000,
  max: 10000,
  step: 1,
  default: value,
  help,
})

const levelHelp = 'The membrane potential that such an output should have at every step.'
const timeHelp = 'The step at which such an output should fire first; below 0 it counts from the end.'

const crossEntropyFields = [labelSmoothingField, classWeightsField, readoutField('count')] as const
const squaredErrorFields = [classWeightsField, readoutField('count')] as const

export const lossTables = {
  ce_count: {
    label: 'CE, spike counts',
    help: 'Cross-entropy of the output spikes summed over the steps.',
    reads: 'spikes',
    fields: [classesField, ...crossEntropyFields],
  },
  ce_rate: {
    label: 'CE, every step',
    help: 'Cross-entropy of the output spikes at every step, mean over the steps.',
    reads: 'spikes',
    fields: crossEntropyFields,
  },
  ce_membrane_sum: {
    label: 'CE, membranes summed',
    help: 'Cross-entropy of the output membrane, summed over the steps.',
    reads: 'membrane',
    fields: crossEntropyFields,
  },
  ce_max_membrane: {
    label: 'CE, largest membrane',
    help: 'Cross-entropy of the largest membrane potential that each output had.',
    reads: 'membrane',
    fields: crossEntropyFields,
  },
  ce_temporal: {
    label: 'CE, first spikes',
    help: 'Cross-entropy of the time of the first spike, the earlier the better.',
    reads: 'spikes',
    fields: [
      {
        type: 'choice',
        key: 'inverse',
        label: 'Inverse',
        default: 'negate',
        options: [
          { value: 'negate', label: 'negate', help: 'The logit is -t.' },
          { value: 'reciprocal', label: 'reciprocal', help: 'The logit is 1/(t + 1).' },
        ],
        help: 'How an early spike becomes a large logit.',
      },
      labelSmoothingField,
      classWeightsField,
      readoutField('first_spike'),
    ],
  },
  mse_count: {
    label: 'MSE, spike counts',
    help: 'Mean squared error between spike counts and wanted counts, divided by the steps.',
    reads: 'spikes',
    fields: [
      rateField('correctRate', 'Correct rate', 1),
      rateField('incorrectRate', 'Incorrect rate', 0),
      classesField,
      ...squaredErrorFields,
    ],
  },
  mse_rate: {
    label: 'MSE, firing rate',
    help: 'Mean squared error between firing rates and the one-hot label.',
    reads: 'spikes',
    fields: squaredErrorFields,
  },
  mse_membrane: {
    label: 'MSE, membranes',
    help: 'Mean squared error between the output membrane and a level, mean over the steps.',
    reads: 'membrane',
    fields: [
      targetField('onTarget', 'Level of the class', 1, levelHelp),
      targetField('offTarget', 'Level of the others', 0, levelHelp),
      ...squaredErrorFields,
    ],
  },
  mse_temporal: {
    label: 'MSE, first spikes',
    help: 'Mean squared error between the time of the first spike and a wanted time, as shares of all steps.',
    reads: 'spikes',
    fields: [
      targetField('onTime', 'Time of the class', 0, timeHelp),
      targetField('offTime', 'Time of the others', -1, timeHelp),
      {
        type: 'number',
        key: 'tolerance',
        label: 'Tolerance',
        unit: 'steps',
        min: 0,
        max: 10000,
        step: 1,
        default: 0,
        help: 'A spike less than this away from its time counts as on time.',
      },
      classWeightsField,
      readoutField('first_spike'),
    ],
  },
} as const satisfies Record<
  string,
  { label: string; help: string; reads: 'spikes' | 'membrane'; fields: readonly Field[] }
>

export type LossKind = keyof typeof lossTables

export const lossKinds = Object.keys(lossTables) as LossKind[]

/** Which loss, as a form offers it. */
export const lossField: ChoiceField = {
  type: 'choice',
  key: 'kind',
  label: 'Loss',
  default: 'ce_count',
  options: Object.entries(lossTables).map(([value, { label, help }]) => ({ value, label, help })),
  help: 'What the training makes small.',
}

/** A loss with every parameter at its default. */
export function defaultLoss(kind: LossKind): { kind: LossKind; params: FieldValues } {
  return { kind, params: defaultValues(lossTables[kind].fields) }
}
