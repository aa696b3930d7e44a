import type { IntegrateFireSemantics, LeakySemantics } from '../../../../src-main/engine/neuronSemantics.ts'

/**
 * Numbers that carry their derivative in one direction (forward-mode differentiation). A neuron written in
 * them, straight from its equations, checks a backward pass that was worked out by hand: it shares no code and
 * no order of calculation with it.
 */
export interface Tangent {
  value: number
  slope: number
}

export const fixed = (value: number): Tangent => ({ value, slope: 0 })
export const add = (a: Tangent, b: Tangent): Tangent => ({
  value: a.value + b.value,
  slope: a.slope + b.slope,
})
export const subtract = (a: Tangent, b: Tangent): Tangent => ({
  value: a.value - b.value,
  slope: a.slope - b.slope,
})
export const multiply = (a: Tangent, b: Tangent): Tangent => ({
  value: a.value * b.value,
  slope: a.slope * b.value + a.value * b.slope,
})
export const detach = (a: Tangent): Tangent => fixed(a.value)

export const divide = (a: Tangent, b: Tangent): Tangent => ({
  value: a.value / b.value,
  slope: (a.slope * b.value - a.value * b.slope) / b.value ** 2,
})
export const logarithm = (a: Tangent): Tangent => ({ value: Math.log(a.value), slope: a.slope / a.value })
export const exponential = (a: Tangent): Tangent => ({
  value: Math.exp(a.value),
  slope: a.slope * Math.exp(a.value),
})
export const positive = (a: Tangent): Tangent => (a.value > 0 ? a : fixed(0))
export const clampedShare = (a: Tangent): Tangent => (a.value < 0 ? fixed(0) : a.value > 1 ? fixed(1) : a)

export type SurrogateSlope = (x: number, spiked: boolean) => number

/** The spike is what the machine under test decided; its derivative is the surrogate's. */
export function fire(shifted: Tangent, spike: number, slope: SurrogateSlope): Tangent {
  return { value: spike, slope: shifted.slope * slope(shifted.value, spike === 1) }
}

export interface TangentTrace {
  spikes: Tangent[]
  membrane: Tangent[]
}

/** snnTorch's Leaky: flag, update, fire, and without delay the reset of the same step. */
export function tangentLeaky(
  { reset, delayed }: LeakySemantics,
  input: readonly Tangent[],
  beta: Tangent,
  threshold: Tangent,
  decided: { spikes: readonly number[]; flags: readonly number[] },
  slope: SurrogateSlope,
): TangentTrace {
  const clamped = clampedShare(beta)
  const trace: TangentTrace = { spikes: [], membrane: [] }
  let u = fixed(0)
  input.forEach((current, t) => {
    const flag = fixed(decided.flags[t])
    if (reset === 'zero') u = multiply(subtract(fixed(1), flag), u)
    u = add(multiply(clamped, u), current)
    if (reset === 'subtract') u = subtract(u, multiply(flag, threshold))
    const spike = fire(subtract(u, threshold), decided.spikes[t], slope)
    const due = subtract(spike, detach(flag))
    if (!delayed && reset === 'subtract') u = subtract(u, multiply(due, threshold))
    if (!delayed && reset === 'zero') u = subtract(u, multiply(due, u))
    trace.spikes.push(spike)
    trace.membrane.push(u)
  })
  return trace
}

/** spikingjelly's LIFNode and IFNode: charge, fire, reset. */
export function tangentIntegrateFire(
  neuron: IntegrateFireSemantics,
  input: readonly Tangent[],
  spikes: readonly number[],
  slope: SurrogateSlope,
): TangentTrace {
  const hard = neuron.reset === 'hard'
  const rest = fixed(hard ? neuron.resetValue : 0)
  const rate = fixed(1 / neuron.tau)
  const trace: TangentTrace = { spikes: [], membrane: [] }
  let v = rest
  input.forEach((current, t) => {
    const above = subtract(v, rest)
    if (neuron.model === 'if') v = add(v, current)
    else if (neuron.decayInput) v = add(v, multiply(rate, subtract(current, above)))
    else v = add(subtract(v, multiply(rate, above)), current)
    const spike = fire(subtract(v, fixed(neuron.threshold)), spikes[t], slope)
    const heard = neuron.detachReset ? detach(spike) : spike
    v = hard
      ? add(multiply(subtract(fixed(1), heard), v), multiply(heard, rest))
      : subtract(v, multiply(heard, fixed(neuron.threshold)))
    trace.spikes.push(spike)
    trace.membrane.push(v)
  })
  return trace
}
