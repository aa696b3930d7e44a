import type { Field, NumberField } from './fields.ts'

const learningRateField = (value: number, help = 'The size of a step.'): NumberField => ({
  type: 'number',
  key: 'learningRate',
  label: 'Learning rate',
  symbol: 'η',
  min: 0,
  minExclusive: true,
  max: 10,
  step: 0.0001,
  default: value,
  help,
})

const epsilonField: NumberField = {
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
}

const weightDecayField = (value: number, help: string): NumberField => ({
  type: 'number',
  key: 'weightDecay',
  label: 'Weight decay',
  symbol: 'λ',
  min: 0,
  max: 1,
  step: 0.0001,
  default: value,
  help,
})

const coupledDecay = weightDecayField(0, 'Added to the gradient as λ·w.')

const beta1Field: NumberField = {
  type: 'number',
  key: 'beta1',
  label: 'First moment',
  symbol: 'β₁',
  min: 0,
  max: 0.999999,
  step: 0.01,
  default: 0.9,
  help: 'Decay of the mean of the gradient.',
}

const beta2Field = (help: string): NumberField => ({
  type: 'number',
  key: 'beta2',
  label: 'Second moment',
  symbol: 'β₂',
  min: 0,
  max: 0.999999,
  step: 0.001,
  default: 0.999,
  help,
})

const momentumField = (value: number, help: string): NumberField => ({
  type: 'number',
  key: 'momentum',
  label: 'Momentum',
  symbol: 'μ',
  min: 0,
  max: 0.999999,
  step: 0.05,
  default: value,
  help,
})

const meanOfSquares = 'Decay of the mean of its square.'

/** The optimizers, with torch's parameters and defaults; the learning rate is what networks of spikes take. */
export const optimizerTables = {
  adam: {
    label: 'Adam',
    fields: [
      learningRateField(5e-4, 'The size of a step; 5e-4 suits Adam.'),
      beta1Field,
      beta2Field(meanOfSquares),
      epsilonField,
      coupledDecay,
    ],
  },
  adamw: {
    label: 'AdamW',
    fields: [
      learningRateField(1e-3),
      beta1Field,
      beta2Field(meanOfSquares),
      epsilonField,
      weightDecayField(0.01, 'At every step a weight shrinks by η·λ of itself, whatever its gradient.'),
    ],
  },
  adamax: {
    label: 'Adamax',
    fields: [
      learningRateField(2e-3),
      beta1Field,
      beta2Field('Decay of the largest gradient so far.'),
      epsilonField,
      coupledDecay,
    ],
  },
  rmsprop: {
    label: 'RMSprop',
    fields: [
      learningRateField(1e-2),
      {
        type: 'number',
        key: 'alpha',
        label: 'Smoothing',
        symbol: 'α',
        min: 0,
        max: 0.999999,
        step: 0.01,
        default: 0.99,
        help: 'Decay of the mean of the squared gradient.',
      },
      epsilonField,
      momentumField(0, 'The share of the last step that goes on.'),
      {
        type: 'boolean',
        key: 'centered',
        label: 'Centred',
        default: false,
        help: 'Whether the gradient is divided by its deviation from its mean, not from zero.',
      },
      coupledDecay,
    ],
  },
  sgd: {
    label: 'SGD',
    fields: [
      learningRateField(0.1),
      momentumField(0.9, 'The share of the last step that goes on.'),
      {
        type: 'number',
        key: 'dampening',
        label: 'Dampening',
        min: 0,
        max: 1,
        step: 0.05,
        default: 0,
        optional: true,
        help: 'The share of the gradient that momentum leaves out; none with Nesterov.',
      },
      {
        type: 'boolean',
        key: 'nesterov',
        label: 'Nesterov',
        default: false,
        help: 'Whether the gradient is taken a step ahead.',
      },
      coupledDecay,
    ],
  },
} as const satisfies Record<string, { label: string; fields: readonly Field[] }>

export type OptimizerKind = keyof typeof optimizerTables
