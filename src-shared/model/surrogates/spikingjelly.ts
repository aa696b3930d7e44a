import type { NumberField } from '../../fields.ts'
import {
  arctangent,
  levelField,
  logisticDerivative,
  slopeField,
  triangle,
  type SurrogateDefinition,
} from './definition.ts'

const alpha = (value: number): NumberField => slopeField('Sharpness', 'alpha', 'α', value)

const termsField: NumberField = {
  type: 'integer',
  key: 'n',
  label: 'Terms',
  symbol: 'n',
  min: 2,
  max: 100,
  step: 1,
  default: 2,
  help: 'The Fourier series is summed over n - 1 terms.',
}

const powerField: NumberField = {
  ...alpha(2),
  min: 1,
  help: 'The power by which the surrogate falls off.',
}

/** (4/T)·Σ cos((2i-1)·2πx/T) by the recurrence of the cosine, so that every backend sums alike. */
function squareWave(x: number, terms: number, period: number): number {
  const first = Math.cos((2 * Math.PI * x) / period)
  const twice = 4 * first * first - 2
  let before = first
  let now = first
  let sum = 0
  for (let i = 1; i < terms; i++) {
    sum += now
    ;[before, now] = [now, twice * now - before]
  }
  return (4 / period) * sum
}

/** The surrogates of spikingjelly's `activation_based.surrogate` whose forward pass is the step. */
export const spikingjellySurrogates: readonly SurrogateDefinition[] = [
  {
    name: 'ATan',
    framework: 'spikingjelly',
    label: 'ATan',
    formula: '(α/2) / (1 + (π/2·α·x)²)',
    fields: [alpha(2)],
    derivative: arctangent,
  },
  {
    name: 'Sigmoid',
    framework: 'spikingjelly',
    label: 'Sigmoid',
    formula: 'α·σ(αx)·(1 - σ(αx))',
    fields: [alpha(4)],
    derivative: (x, _spiked, { alpha: a }) => logisticDerivative(x, a),
  },
  {
    name: 'PiecewiseQuadratic',
    framework: 'spikingjelly',
    label: 'PiecewiseQuadratic',
    formula: 'α - α²·|x| for |x| ≤ 1/α, else 0',
    fields: [alpha(1)],
    derivative: triangle,
  },
  {
    name: 'PiecewiseExp',
    framework: 'spikingjelly',
    label: 'PiecewiseExp',
    formula: '(α/2)·exp(-α·|x|)',
    fields: [alpha(1)],
    derivative: (x, _spiked, { alpha: a }) => (a / 2) * Math.exp(-a * Math.abs(x)),
  },
  {
    name: 'SoftSign',
    framework: 'spikingjelly',
    label: 'SoftSign',
    formula: '1 / (2α·(1/α + |x|)²)',
    fields: [alpha(2)],
    derivative: (x, _spiked, { alpha: a }) => a / 2 / (1 + a * Math.abs(x)) ** 2,
  },
  {
    name: 'SuperSpike',
    framework: 'spikingjelly',
    label: 'SuperSpike',
    formula: 'α / (1 + |x|)²',
    fields: [alpha(1)],
    derivative: (x, _spiked, { alpha: a }) => a / (1 + Math.abs(x)) ** 2,
  },
  {
    name: 'NonzeroSignLogAbs',
    framework: 'spikingjelly',
    label: 'NonzeroSignLogAbs',
    formula: '1 / (1/α + |x|)',
    fields: [alpha(1)],
    derivative: (x, _spiked, { alpha: a }) => a / (1 + a * Math.abs(x)),
  },
  {
    name: 'Erf',
    framework: 'spikingjelly',
    label: 'Erf',
    formula: '(α/√π)·exp(-α²x²)',
    fields: [alpha(2)],
    derivative: (x, _spiked, { alpha: a }) => (a / Math.sqrt(Math.PI)) * Math.exp(-((a * x) ** 2)),
  },
  {
    name: 'PiecewiseLeakyReLU',
    framework: 'spikingjelly',
    label: 'PiecewiseLeakyReLU',
    formula: '1/(2w) for |x| < w, else c',
    fields: [slopeField('Half width', 'w', 'w', 1), levelField('Leak', 'c', 'c', 0.01)],
    derivative: (x, _spiked, { w, c }) => (Math.abs(x) < w ? 1 / (2 * w) : c),
  },
  {
    name: 'SquarewaveFourierSeries',
    framework: 'spikingjelly',
    label: 'SquarewaveFourierSeries',
    formula: '(4/T)·Σ cos((2i-1)·2πx/T), i = 1..n-1',
    fields: [termsField, slopeField('Period', 'T_period', 'T', 8)],
    derivative: (x, _spiked, { n, T_period: period }) => squareWave(x, n, period),
  },
  {
    name: 'S2NN',
    framework: 'spikingjelly',
    label: 'S2NN',
    formula: 'α·σ(αx)·(1 - σ(αx)) for x < 0, else β/(x + 1)',
    fields: [alpha(4), slopeField('Height', 'beta', 'β', 1)],
    derivative: (x, _spiked, { alpha: a, beta }) => (x < 0 ? logisticDerivative(x, a) : beta / (x + 1)),
  },
  {
    name: 'QPseudoSpike',
    framework: 'spikingjelly',
    label: 'QPseudoSpike',
    formula: '(1 + 2·|x|/(α - 1))^(-α)',
    fields: [powerField],
    derivative: (x, _spiked, { alpha: a }) => (1 + (2 / (a - 1)) * Math.abs(x)) ** -a,
  },
  {
    name: 'LeakyKReLU',
    framework: 'spikingjelly',
    label: 'LeakyKReLU',
    formula: 'k for x ≥ 0, leak below',
    fields: [levelField('Leak', 'leak', 'l', 0), levelField('Slope', 'k', 'k', 1)],
    derivative: (x, _spiked, { leak, k }) => (x >= 0 ? k : leak),
  },
  {
    name: 'FakeNumericalGradient',
    framework: 'spikingjelly',
    label: 'FakeNumericalGradient',
    formula: 'min(1/|x|, α)',
    fields: [slopeField('Height', 'alpha', 'α', 0.3)],
    derivative: (x, _spiked, { alpha: a }) => Math.min(1 / Math.abs(x), a),
  },
  {
    name: 'LogTailedReLU',
    framework: 'spikingjelly',
    label: 'LogTailedReLU',
    formula: 'α for x ≤ 0, 1 for 0 < x ≤ 1, 1/x above',
    fields: [levelField('Leak', 'alpha', 'α', 0)],
    derivative: (x, _spiked, { alpha: a }) => (x <= 0 ? a : x <= 1 ? 1 : 1 / x),
  },
  {
    name: 'Rect',
    framework: 'spikingjelly',
    label: 'Rect',
    formula: 'α for |x| < 1/(2α), else 0',
    fields: [slopeField('Height', 'alpha', 'α', 1)],
    derivative: (x, _spiked, { alpha: a }) => (Math.abs(x) < 0.5 / a ? a : 0),
  },
  {
    name: 'DeterministicPass',
    framework: 'spikingjelly',
    label: 'DeterministicPass',
    formula: '1',
    fields: [],
    derivative: () => 1,
  },
]
