import type { NumberField, SurrogateValue } from '../fields.ts'

/**
 * Surrogate gradients: what stands for the derivative of the spike in the backward pass, with x = U - θ.
 * snnTorch's names are lower case, spikingjelly's are capitalised, as in the frameworks themselves.
 */
export interface SurrogateDefinition {
  name: string
  framework: 'snntorch' | 'spikingjelly'
  label: string
  /** The derivative in plain text, for the form. */
  formula: string
  fields: readonly NumberField[]
  /** dS/dU at x. `spiked` is the spike of the forward pass. */
  derivative(x: number, spiked: boolean, parameters: Record<string, number>): number
}

function slopeField(label: string, key: string, symbol: string, value: number): NumberField {
  return {
    type: 'number',
    key,
    label,
    symbol,
    min: 0,
    minExclusive: true,
    max: 1000,
    step: 1,
    default: value,
    help: 'How fast the surrogate falls off beside the threshold; larger is narrower.',
  }
}

const logistic = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))

const arctangent = (x: number, _spiked: boolean, { alpha }: Record<string, number>): number =>
  alpha / 2 / (1 + ((Math.PI / 2) * alpha * x) ** 2)

const logisticDerivative = (x: number, k: number): number => {
  const s = logistic(k * x)
  return k * s * (1 - s)
}

/** The table of surrogates; adding one touches this list and the kernel's switch. */
export const surrogates: readonly SurrogateDefinition[] = [
  {
    name: 'atan',
    framework: 'snntorch',
    label: 'arctangent',
    formula: '(α/2) / (1 + (π/2·α·x)²)',
    fields: [slopeField('Sharpness', 'alpha', 'α', 2)],
    derivative: arctangent,
  },
  {
    name: 'fast_sigmoid',
    framework: 'snntorch',
    label: 'fast sigmoid',
    formula: '1 / (k·|x| + 1)²',
    fields: [slopeField('Slope', 'slope', 'k', 25)],
    derivative: (x, _spiked, { slope }) => 1 / (slope * Math.abs(x) + 1) ** 2,
  },
  {
    name: 'heaviside',
    framework: 'snntorch',
    label: 'spike operator',
    formula: 'S',
    fields: [],
    derivative: (_x, spiked) => (spiked ? 1 : 0),
  },
  {
    name: 'sigmoid',
    framework: 'snntorch',
    label: 'sigmoid',
    formula: 'k·σ(kx)·(1 - σ(kx))',
    fields: [slopeField('Slope', 'slope', 'k', 25)],
    derivative: (x, _spiked, { slope }) => logisticDerivative(x, slope),
  },
  {
    name: 'straight_through_estimator',
    framework: 'snntorch',
    label: 'straight through',
    formula: '1',
    fields: [],
    derivative: () => 1,
  },
  {
    name: 'triangular',
    framework: 'snntorch',
    label: 'triangular (snnTorch)',
    formula: '+θ for x < 0, -θ above',
    fields: [slopeField('Height', 'threshold', 'h', 1)],
    derivative: (x, _spiked, { threshold }) => (x < 0 ? threshold : -threshold),
  },
  {
    name: 'ATan',
    framework: 'spikingjelly',
    label: 'ATan',
    formula: '(α/2) / (1 + (π/2·α·x)²)',
    fields: [slopeField('Sharpness', 'alpha', 'α', 2)],
    derivative: arctangent,
  },
  {
    name: 'Sigmoid',
    framework: 'spikingjelly',
    label: 'Sigmoid',
    formula: 'α·σ(αx)·(1 - σ(αx))',
    fields: [slopeField('Sharpness', 'alpha', 'α', 4)],
    derivative: (x, _spiked, { alpha }) => logisticDerivative(x, alpha),
  },
]

export function findSurrogate(name: string): SurrogateDefinition | undefined {
  return surrogates.find((surrogate) => surrogate.name === name)
}

/** A surrogate's value with every parameter at its default. */
export function defaultSurrogate(name: string): SurrogateValue {
  const definition = findSurrogate(name)
  return {
    name,
    ...Object.fromEntries((definition?.fields ?? []).map((field) => [field.key, field.default])),
  }
}

/** The numbers of a surrogate value, with defaults for what it leaves out. */
export function surrogateParameters(value: SurrogateValue): Record<string, number> {
  const fields = findSurrogate(value.name)?.fields ?? []
  return Object.fromEntries(
    fields.map((field) => [
      field.key,
      typeof value[field.key] === 'number' ? Number(value[field.key]) : field.default,
    ]),
  )
}
