import type { SurrogateValue } from '../../../../src-shared/fields.ts'
import { findSurrogate } from '../../../../src-shared/model/surrogates.ts'
import { pythonArguments, pythonFloat, pythonNumber } from './literals.ts'

/** Surrogate gradients as arguments of a neuron's constructor, in Python. */

function call({ name, ...parameters }: SurrogateValue): string {
  const whole = new Set(
    findSurrogate(name)?.fields.flatMap(({ key, type }) => (type === 'integer' ? [key] : [])),
  )
  const code = (key: string, value: number) => (whole.has(key) ? pythonNumber(value) : pythonFloat(value))
  const raw = Object.entries(parameters).map(([key, value]) => [key, code(key, Number(value))])
  return `${name}(${pythonArguments({}, Object.fromEntries(raw) as Record<string, string>)})`
}

/**
 * Gradients, of `gradient`, `x` and `spikes`, that `snntorch.surrogate` does not have: a triangle, and the leaky
 * spike operator, whose function fails when it is called (snnTorch 0.9.4 hands its slope to another operator).
 */
const written: Readonly<Record<string, (value: SurrogateValue) => string>> = {
  triangle({ alpha }) {
    const height = pythonFloat(Number(alpha))
    return `gradient * (${height} - ${height}**2 * x.abs()).clamp_min(0)`
  },
  LSO({ slope }) {
    return `gradient * (spikes + ${pythonFloat(Number(slope))} * (1 - spikes))`
  },
}

/** Of snnTorch; none at all is an argument of its own. */
export function snntorchSurrogate(value: SurrogateValue): Record<string, string> {
  if (value.name === 'disabled') return { surrogate_disable: 'True' }
  if (!Object.hasOwn(written, value.name)) return { spike_grad: `snn_surrogate.${call(value)}` }
  const code = `lambda x, gradient, spikes: ${written[value.name](value)}`
  return { spike_grad: `snn_surrogate.custom_surrogate(${code})` }
}

/** Of spikingjelly. */
export function spikingjellySurrogate(value: SurrogateValue): string {
  return `sj_surrogate.${call(value)}`
}
