import type { ExperimentDocument } from './experiment.ts'
import type { ChoiceField, Field, NumberField } from './fields.ts'

/** Parameter tables of an experiment outside its model and coding: time, optimizer, training. */

export const timeStepsField: NumberField = {
  type: 'integer',
  key: 'timeSteps',
  label: 'Time steps',
  symbol: 'T',
  unit: 'steps',
  min: 1,
  max: 10000,
  step: 1,
  default: 25,
  help: 'How many steps the network sees each sample.',
}

const learningRateField = (value: number): NumberField => ({
  type: 'number',
  key: 'learningRate',
  label: 'Learning rate',
  symbol: 'η',
  min: 0,
  minExclusive: true,
  max: 10,
  step: 0.0001,
  default: value,
  help: 'The size of a step; 5e-4 suits Adam.',
})

const weightDecayField: NumberField = {
  type: 'number',
  key: 'weightDecay',
  label: 'Weight decay',
  symbol: 'λ',
  min: 0,
  max: 1,
  step: 0.0001,
  default: 0,
  help: 'Added to the gradient as λ·w, as torch does in SGD and Adam.',
}

export const optimizerTables = {
  adam: {
    label: 'Adam',
    fields: [
      learningRateField(5e-4),
      {
        type: 'number',
        key: 'beta1',
        label: 'First moment',
        symbol: 'β₁',
        min: 0,
        max: 0.999999,
        step: 0.01,
        default: 0.9,
        help: 'Decay of the mean of the gradient.',
      },
      {
        type: 'number',
        key: 'beta2',
        label: 'Second moment',
        symbol: 'β₂',
        min: 0,
        max: 0.999999,
        step: 0.001,
        default: 0.999,
        help: 'Decay of the mean of its square.',
      },
      {
        type: 'number',
        key: 'epsilon',
        label: 'Epsilon',
        symbol: 'ε',
        min: 0,
        minExclusive: true,
        max: 1,
        step: 1e-8,
        default: 1e-8,
        help: 'Keeps the division finite.',
      },
      weightDecayField,
    ],
  },
  sgd: {
    label: 'SGD',
    fields: [
      learningRateField(0.1),
      {
        type: 'number',
        key: 'momentum',
        label: 'Momentum',
        symbol: 'μ',
        min: 0,
        max: 0.999999,
        step: 0.05,
        default: 0.9,
        help: 'The share of the last step that goes on.',
      },
      {
        type: 'boolean',
        key: 'nesterov',
        label: 'Nesterov',
        default: false,
        help: 'Whether the gradient is taken a step ahead.',
      },
      weightDecayField,
    ],
  },
} as const satisfies Record<string, { label: string; fields: readonly Field[] }>

export type OptimizerKind = keyof typeof optimizerTables

export const trainingFields: readonly Field[] = [
  {
    type: 'integer',
    key: 'epochs',
    label: 'Epochs',
    min: 1,
    max: 100000,
    step: 1,
    default: 10,
    help: 'How many times the training images are gone through.',
  },
  {
    type: 'integer',
    key: 'batchSize',
    label: 'Batch size',
    symbol: 'B',
    min: 1,
    max: 65536,
    step: 1,
    default: 128,
    help: 'How many samples make one step of the optimizer.',
  },
  {
    type: 'boolean',
    key: 'dropLast',
    label: 'Drop last batch',
    default: false,
    help: 'Whether a last batch that is not full is left out.',
  },
  {
    type: 'integer',
    key: 'seed',
    label: 'Random seed',
    min: 0,
    max: 4294967295,
    step: 1,
    default: 1,
    help: 'The same seed gives the same run, bit for bit, on the same engine.',
  },
]

export const subsetFields: readonly Field[] = [
  {
    type: 'integer',
    key: 'subset',
    label: 'Subset',
    symbol: '1/n',
    min: 1,
    max: 1000,
    step: 1,
    default: 1,
    help: 'Only the first 1/n of the training and test samples, in file order.',
  },
  {
    type: 'integer',
    key: 'limit',
    label: 'Limit',
    min: 0,
    max: 100000000,
    step: 100,
    default: 0,
    help: 'At most this many training samples; 0 is all of them.',
  },
]

/** How gradients become a step. */
export const stepFields: readonly Field[] = [
  {
    type: 'integer',
    key: 'accumulation',
    label: 'Accumulation',
    unit: 'batches',
    min: 1,
    max: 10000,
    step: 1,
    default: 1,
    help: 'How many batches make one step of the optimizer; their gradients are averaged.',
  },
  {
    type: 'integer',
    key: 'truncation',
    label: 'Truncation',
    symbol: 'K',
    unit: 'steps',
    min: 0,
    max: 10000,
    step: 1,
    default: 0,
    help: 'The gradient through time is cut after every so many steps; 0 cuts it nowhere.',
  },
]

/** What an experiment runs on. */
export const machineFields: readonly [ChoiceField, NumberField] = [
  {
    type: 'choice',
    key: 'engine',
    label: 'Engine',
    default: 'native',
    options: [
      { value: 'native', label: 'native', help: 'C++ kernels on all cores.' },
      {
        value: 'reference',
        label: 'reference',
        help: 'Plain TypeScript: slow, to check the others against.',
      },
    ],
    help: 'What computes the network.',
  },
  {
    type: 'integer',
    key: 'threads',
    label: 'Threads',
    min: 0,
    max: 256,
    step: 1,
    default: 0,
    help: 'How many threads the engine takes; 0 is one for every core. Results do not depend on it.',
  },
]

/** Of the machine and not of an experiment: no result depends on it. */
export const memoryField: NumberField = {
  type: 'integer',
  key: 'memory',
  label: 'Memory for samples',
  unit: 'MiB',
  min: 1,
  max: 1048576,
  step: 64,
  default: 512,
  help: 'How much the batches that are made ahead of training may take; one is always made.',
}

/** Nothing transformed, nothing regularised, every batch a step at the same learning rate. */
export function plainTraining(): Pick<
  ExperimentDocument,
  'transforms' | 'regularisers' | 'schedule' | 'clipping' | 'accumulation' | 'truncation'
> {
  return {
    transforms: [],
    regularisers: [],
    schedule: { kind: 'constant', params: {} },
    clipping: { kind: 'none', params: {} },
    accumulation: 1,
    truncation: 0,
  }
}
