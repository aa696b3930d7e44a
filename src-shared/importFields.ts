import { SpikedeskError } from './errors/index.ts'
import { checkFields, defaultValues, type Field, type FieldValues } from './fields.ts'

/** What an import of recordings or pictures does with the choices that the files leave open. */
export interface ImportSettings {
  problems: 'refuse' | 'leaveOut' | 'repair'
  rule: 'tonic' | 'spikingjelly'
  stabilise: boolean
  firstSaccadeOnly: boolean
  /** Share of each class, 0 to 0.9. */
  testShare: number
  /** Pixels; 0 where the set or its recordings say it. */
  width: number
  height: number
  timeUnit: 'us' | 'ms' | 's'
  columns: 'txyp' | 'xypt' | 'xytp'
}

/** The parameter table of imports. */
export const importFields = [
  {
    key: 'problems',
    label: 'Problems',
    type: 'choice',
    help: 'What to do with recordings and pictures that are damaged or not in order.',
    options: [
      { value: 'refuse', label: 'refuse', help: 'Import nothing and name them.' },
      { value: 'leaveOut', label: 'leave out', help: 'Import the rest and list what was left out.' },
      {
        value: 'repair',
        label: 'repair',
        help: 'Sort events by time and drop those outside the sensor; leave out what cannot be repaired.',
      },
    ],
    default: 'refuse',
  },
  {
    key: 'rule',
    label: 'Rule',
    type: 'choice',
    help: 'Where libraries read the same bytes differently, the one whose way is taken.',
    options: [
      { value: 'tonic', label: 'tonic', help: 'Overflow markers of 5-byte events add to the time.' },
      { value: 'spikingjelly', label: 'spikingjelly', help: 'Every 5-byte event is taken as it stands.' },
    ],
    default: 'tonic',
  },
  {
    key: 'stabilise',
    label: 'Stabilise',
    type: 'boolean',
    help: 'Takes the movement of the three saccades out of N-MNIST; events that leave the sensor are dropped.',
    default: false,
  },
  {
    key: 'firstSaccadeOnly',
    label: 'First saccade only',
    type: 'boolean',
    help: 'Keeps the events of the first 100 ms, as tonic does.',
    default: false,
  },
  {
    key: 'testShare',
    label: 'Test share',
    type: 'number',
    help: 'Last part of each class that becomes the test split, where the set has no split of its own.',
    min: 0,
    max: 0.9,
    step: 0.05,
    default: 0.1,
  },
  {
    key: 'width',
    label: 'Sensor width',
    type: 'integer',
    unit: 'px',
    help: 'Width of the sensor; 0 takes it from the set, its files or its largest x.',
    min: 0,
    max: 32768,
    step: 1,
    default: 0,
  },
  {
    key: 'height',
    label: 'Sensor height',
    type: 'integer',
    unit: 'px',
    help: 'Height of the sensor; 0 takes it from the set, its files or its largest y.',
    min: 0,
    max: 32768,
    step: 1,
    default: 0,
  },
  {
    key: 'timeUnit',
    label: 'Time unit',
    type: 'choice',
    help: 'Unit of the times in CSV, npy and npz files.',
    options: [
      { value: 'us', label: 'µs' },
      { value: 'ms', label: 'ms' },
      { value: 's', label: 's' },
    ],
    default: 'us',
  },
  {
    key: 'columns',
    label: 'Columns',
    type: 'choice',
    help: 'Order of the columns in CSV and npy files that do not name them.',
    options: [
      { value: 'txyp', label: 't, x, y, p' },
      { value: 'xypt', label: 'x, y, p, t' },
      { value: 'xytp', label: 'x, y, t, p' },
    ],
    default: 'txyp',
  },
] as const satisfies readonly Field[]

/** Settings with the defaults where `values` says nothing. Throws a `field.` error for a value that does not fit. */
export function importSettings(values: FieldValues = {}): ImportSettings {
  const whole = { ...defaultValues(importFields), ...values }
  const [problem] = checkFields(importFields, whole)
  if (problem) throw new SpikedeskError(problem.code, problem.data)
  return whole as unknown as ImportSettings
}
