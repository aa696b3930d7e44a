import type { ChoiceField, NumberField } from '../../src-shared/fields.ts'
import { fieldOption } from './options.ts'

const indexField: NumberField = {
  type: 'integer',
  key: 'index',
  label: 'Index',
  min: 0,
  max: 4294967295,
  step: 1,
  default: 0,
  help: 'Which sample, counted from 0.',
}

const splitField: ChoiceField = {
  type: 'choice',
  key: 'split',
  label: 'Split',
  default: 'test',
  options: [
    { value: 'test', label: 'test' },
    { value: 'train', label: 'train' },
  ],
  help: 'Which samples.',
}

/** The options that say which sample of a dataset is meant. */
export const sampleOptions = [
  fieldOption('index', 'N', indexField, '0'),
  fieldOption('split', 'S', splitField, 'test'),
]
