import type { NumberField } from '../../fields.ts'

/**
 * A surrogate gradient: what stands for the derivative of the spike in the backward pass, with x = U - θ.
 * snnTorch's names are lower case, spikingjelly's are capitalised, as in the frameworks themselves.
 */
export interface SurrogateDefinition {
  name: string
  framework: 'snntorch' | 'spikingjelly'
  label: string
  /** The derivative in plain text, for the form. */
  formula: string
  fields: readonly NumberField[]
  /**
   * Where the backward pass draws: once for each element and step of each training step, as 24 bits u in [0,1) of
   * Philox under the purpose `surrogate`: word 0 of counter (neuron, layer · 2¹⁶ + t, sample of the batch, training
   * step), its upper 24 bits. The frameworks draw from torch's generator, so the numbers are others and their
   * distribution is the same.
   */
  draws?: true
  /** dS/dU at x. `spiked` is the spike of the forward pass; `drawn` is u where it draws, else 0. */
  derivative(x: number, spiked: boolean, parameters: Record<string, number>, drawn: number): number
}

/** A number above zero that says how steep or high a surrogate is. */
export function slopeField(label: string, key: string, symbol: string, value: number): NumberField {
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

/** A value that a surrogate takes on a part of its range; it may be zero or negative. */
export function levelField(label: string, key: string, symbol: string, value: number): NumberField {
  return {
    type: 'number',
    key,
    label,
    symbol,
    min: -1000,
    max: 1000,
    step: 0.1,
    default: value,
    help: 'The value of the derivative on this part of its range.',
  }
}

const logistic = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))

/** α/2 / (1 + (π/2·α·x)²), the same in both frameworks. */
export const arctangent = (x: number, _spiked: boolean, { alpha }: Record<string, number>): number =>
  alpha / 2 / (1 + ((Math.PI / 2) * alpha * x) ** 2)

/** k·σ(kx)·(1 - σ(kx)), without overflow on either side. */
export const logisticDerivative = (x: number, k: number): number => {
  const s = logistic(k * x)
  return k * s * (1 - s)
}

/** A triangle of area 1 and height α over |x| <= 1/α. */
export const triangle = (x: number, _spiked: boolean, { alpha }: Record<string, number>): number =>
  Math.max(0, alpha - alpha * alpha * Math.abs(x))
