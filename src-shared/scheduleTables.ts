import type { Field, NumberField } from './fields.ts'

type Table = Record<string, { label: string; help: string; fields: readonly Field[] }>

const warmup: readonly NumberField[] = [
  {
    type: 'integer',
    key: 'warmup',
    label: 'Warm-up',
    unit: 'epochs',
    min: 0,
    max: 100000,
    step: 1,
    default: 0,
    optional: true,
    help: 'Over so many epochs the learning rate rises in a line, batch by batch; the schedule begins after them.',
  },
  {
    type: 'number',
    key: 'warmupFrom',
    label: 'Warm-up from',
    unit: '× η',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0.1,
    optional: true,
    help: 'The share of the learning rate at which warm-up begins.',
  },
]

const gammaField = (value: number, help: string): NumberField => ({
  type: 'number',
  key: 'gamma',
  label: 'Factor',
  symbol: 'γ',
  min: 0,
  minExclusive: true,
  max: 1,
  step: 0.01,
  default: value,
  help,
})

const lowestField: NumberField = {
  type: 'number',
  key: 'lowest',
  label: 'Lowest rate',
  symbol: 'η_min',
  min: 0,
  max: 10,
  step: 0.00001,
  default: 0,
  help: 'The learning rate does not go below this.',
}

/** How the learning rate changes over a run; the formulas are torch's and stand in `schedule.ts`. */
export const scheduleTables = {
  constant: { label: 'constant', help: 'The learning rate stays as it is.', fields: warmup },
  step: {
    label: 'step',
    help: 'After every so many epochs the learning rate is multiplied by γ.',
    fields: [
      {
        type: 'integer',
        key: 'every',
        label: 'Every',
        unit: 'epochs',
        min: 1,
        max: 100000,
        step: 1,
        default: 10,
        help: 'Epochs from one multiplication to the next.',
      },
      gammaField(0.1, 'What the learning rate is multiplied by.'),
      ...warmup,
    ],
  },
  multistep: {
    label: 'milestones',
    help: 'After each of the named epochs the learning rate is multiplied by γ.',
    fields: [
      {
        type: 'numbers',
        key: 'milestones',
        label: 'After epochs',
        min: 1,
        max: 100000,
        most: 100,
        default: '5, 8',
        help: 'Epochs after which the learning rate is multiplied.',
      },
      gammaField(0.1, 'What the learning rate is multiplied by.'),
      ...warmup,
    ],
  },
  exponential: {
    label: 'exponential',
    help: 'After every epoch the learning rate is multiplied by γ.',
    fields: [gammaField(0.9, 'What the learning rate is multiplied by.'), ...warmup],
  },
  cosine: {
    label: 'cosine',
    help: 'The learning rate falls to its lowest in half a cosine.',
    fields: [
      {
        type: 'integer',
        key: 'period',
        label: 'Length',
        symbol: 'T_max',
        unit: 'epochs',
        min: 0,
        max: 100000,
        step: 1,
        default: 0,
        help: 'Epochs until the lowest is reached; 0 is the whole run.',
      },
      lowestField,
      ...warmup,
    ],
  },
  cosine_restarts: {
    label: 'cosine with restarts',
    help: 'The learning rate falls in half a cosine, and begins anew.',
    fields: [
      {
        type: 'integer',
        key: 'period',
        label: 'First length',
        symbol: 'T₀',
        unit: 'epochs',
        min: 1,
        max: 100000,
        step: 1,
        default: 5,
        help: 'Epochs until the first restart.',
      },
      {
        type: 'integer',
        key: 'growth',
        label: 'Growth',
        symbol: 'T_mult',
        min: 1,
        max: 100,
        step: 1,
        default: 1,
        help: 'Each cosine is so many times as long as the one before it.',
      },
      lowestField,
      ...warmup,
    ],
  },
  one_cycle: {
    label: 'one cycle',
    help: 'Batch by batch the learning rate rises to η and then falls far below where it began.',
    fields: [
      {
        type: 'number',
        key: 'rise',
        label: 'Rise',
        min: 0,
        minExclusive: true,
        max: 0.99,
        step: 0.05,
        default: 0.3,
        help: 'The share of the run in which the learning rate rises.',
      },
      {
        type: 'number',
        key: 'startDivisor',
        label: 'Start divisor',
        min: 1,
        max: 1e9,
        step: 1,
        default: 25,
        help: 'The run begins at η divided by this.',
      },
      {
        type: 'number',
        key: 'endDivisor',
        label: 'End divisor',
        min: 1,
        max: 1e12,
        step: 1000,
        default: 10000,
        help: 'The run ends at its first learning rate divided by this.',
      },
      {
        type: 'choice',
        key: 'anneal',
        label: 'Curve',
        default: 'cosine',
        options: [
          { value: 'cosine', label: 'cosine' },
          { value: 'linear', label: 'line' },
        ],
        help: 'How it gets from one learning rate to the next.',
      },
      {
        type: 'boolean',
        key: 'threePhases',
        label: 'Three phases',
        default: false,
        help: 'Whether it falls to where it began first, and to the end after that.',
      },
    ],
  },
  plateau: {
    label: 'on a plateau',
    help: 'The learning rate is multiplied when what is watched gets no better.',
    fields: [
      {
        type: 'choice',
        key: 'watched',
        label: 'Watched',
        default: 'testLoss',
        options: [
          { value: 'testLoss', label: 'test loss', help: 'Lower is better.' },
          { value: 'trainLoss', label: 'training loss', help: 'Lower is better.' },
          { value: 'testAccuracy', label: 'test accuracy', help: 'Higher is better.' },
        ],
        help: 'What is looked at after every epoch.',
      },
      { ...gammaField(0.1, 'What the learning rate is multiplied by.'), key: 'factor', max: 0.999999 },
      {
        type: 'integer',
        key: 'patience',
        label: 'Patience',
        unit: 'epochs',
        min: 0,
        max: 100000,
        step: 1,
        default: 2,
        help: 'So many epochs may go by without getting better.',
      },
      {
        type: 'number',
        key: 'threshold',
        label: 'Threshold',
        min: 0,
        max: 1000,
        step: 0.0001,
        default: 1e-4,
        help: 'How much better counts as better.',
      },
      {
        type: 'choice',
        key: 'thresholdMode',
        label: 'Threshold is',
        default: 'relative',
        options: [
          { value: 'relative', label: 'a share' },
          { value: 'absolute', label: 'a difference' },
        ],
        help: 'Whether the threshold is a share of the best so far or a difference from it.',
      },
      {
        type: 'integer',
        key: 'cooldown',
        label: 'Cooldown',
        unit: 'epochs',
        min: 0,
        max: 100000,
        step: 1,
        default: 0,
        help: 'So many epochs after a multiplication are not counted.',
      },
      lowestField,
      ...warmup,
    ],
  },
} as const satisfies Table

export type ScheduleKind = keyof typeof scheduleTables

const mostField = (value: number, help: string): NumberField => ({
  type: 'number',
  key: 'most',
  label: 'At most',
  min: 0,
  minExclusive: true,
  max: 1e9,
  step: 0.1,
  default: value,
  help,
})

/** What is done to gradients that are too large; the formulas are torch's. */
export const clippingTables = {
  none: { label: 'none', help: 'Gradients are taken as they are.', fields: [] },
  norm: {
    label: 'by norm',
    help: 'All gradients together are scaled down to a largest L2 norm.',
    fields: [mostField(1, 'The largest L2 norm of all gradients together.')],
  },
  value: {
    label: 'by value',
    help: 'Every element of a gradient is cut to a range.',
    fields: [mostField(1, 'No element of a gradient is further from zero.')],
  },
} as const satisfies Table

export type ClippingKind = keyof typeof clippingTables
