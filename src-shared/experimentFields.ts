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
  slider: [1, 200],
  default: 25,
  help: 'How many steps the network sees each sample.',
}

export { optimizerTables, type OptimizerKind } from './optimizerTables.ts'

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
export const machineFields: readonly [ChoiceField, NumberField, ChoiceField] = [
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
  {
    type: 'choice',
    key: 'recompute',
    label: 'Recompute',
    default: 'never',
    options: [
      { value: 'never', label: 'never', help: 'Everything is kept: the fastest.' },
      { value: 'automatic', label: 'automatic', help: 'Only where training would not fit otherwise.' },
      {
        value: 'always',
        label: 'always',
        help: 'The least memory; each layer is computed two or three times.',
      },
    ],
    help: 'Whether what lies between neurons is computed again on the way back rather than kept, and where that is not enough the steps too, in stretches. Results are the same, with stretches up to rounding.',
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

/** Of the machine too: what a run may take before it is refused. */
export const stepMemoryField: NumberField = {
  type: 'integer',
  key: 'stepMemory',
  label: 'Memory for training',
  unit: 'MiB',
  min: 0,
  max: 16777216,
  step: 256,
  default: 0,
  help: 'How much the engine may take; a run that needs more is refused before it starts. 0 is three quarters of the machine.',
}

/** Nothing transformed, nothing regularised, every batch a step at the same learning rate, everything kept. */
export function plainTraining(): Pick<
  ExperimentDocument,
  'transforms' | 'regularisers' | 'schedule' | 'clipping' | 'accumulation' | 'truncation' | 'recompute'
> {
  return {
    transforms: [],
    regularisers: [],
    schedule: { kind: 'constant', params: {} },
    clipping: { kind: 'none', params: {} },
    accumulation: 1,
    truncation: 0,
    recompute: 'never',
  }
}
