import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { FieldValues } from '../../src-shared/fields.ts'
import { requireBrightness, requireFirstSpike } from './brightness.ts'
import type { SampleEncoder } from './encoder.ts'
import { extent, roundHalfEven } from './rounding.ts'

const { fround } = Math

/** The parameters of snnTorch's `spikegen.latency`. */
export interface LatencyParameters {
  tau: number
  threshold: number
  firstSpikeTime: number
  normalize: boolean
  linear: boolean
  clip: boolean
  bypass: boolean
  interpolate: boolean
  onTarget: number
  offTarget: number
  epsilon: number
}

/** What snnTorch takes where nothing is given. */
export const latencyDefaults: LatencyParameters = {
  tau: 1,
  threshold: 0.01,
  firstSpikeTime: 0,
  normalize: false,
  linear: false,
  clip: false,
  bypass: false,
  interpolate: false,
  onTarget: 1,
  offTarget: 0,
  epsilon: 1e-7,
}

function linearTimes(
  x: Float32Array,
  timeSteps: number,
  { tau, threshold, firstSpikeTime, normalize }: LatencyParameters,
): Float32Array {
  const slope = normalize ? timeSteps - 1 - firstSpikeTime : tau
  const latest = fround(-slope * (threshold - 1))
  return x.map((value) => Math.min(fround(fround(-slope) * fround(value - 1)), latest) + firstSpikeTime)
}

function logarithmicTimes(
  x: Float32Array,
  timeSteps: number,
  { tau, threshold, firstSpikeTime, normalize, epsilon }: LatencyParameters,
): Float32Array {
  const least = fround(threshold + epsilon)
  if (least <= fround(threshold)) throw new SpikedeskError('encoding.epsilon', { epsilon, threshold })
  const times = x.map((value) => {
    const above = Math.max(value, least)
    const ratio = fround(above / fround(above - fround(threshold)))
    return fround(fround(tau) * fround(Math.log(ratio))) + firstSpikeTime
  })
  if (!normalize) return times
  const delays = times.map((time) => time - firstSpikeTime)
  const { most } = extent(delays)
  const room = timeSteps - firstSpikeTime - 1
  return delays.map((delay) => fround(fround(delay * room) / most) + firstSpikeTime)
}

/**
 * The time at which each element fires, `[N]`, in float32 as torch computes it. Logarithmic:
 * τ·ln(x/(x-θ)), the charging of an RC circuit up to θ, where x is at least θ + ε; normalised to the longest time.
 * Linear: min(τ(1-x), τ(1-θ)), where normalising makes τ the number of the last step.
 * Source: snnTorch 0.9.4 `spikegen.latency_code_log` and `latency_code_linear`.
 */
export function latencyTimes(
  x: Float32Array,
  timeSteps: number,
  parameters: LatencyParameters,
): Float32Array {
  return parameters.linear
    ? linearTimes(x, timeSteps, parameters)
    : logarithmicTimes(x, timeSteps, parameters)
}

/** A ramp of each element from the off value to the on value at its spike; a spike at step 0 has no ramp. */
function ramps(steps: Float64Array, timeSteps: number, onTarget: number, offTarget: number): Float32Array {
  const count = steps.length
  const out = new Float32Array(timeSteps * count)
  const height = fround(onTarget - offTarget)
  const [on, off] = [fround(onTarget), fround(offTarget)]
  for (let i = 0; i < count; i++) {
    const late = steps[i] > timeSteps
    const step = late || steps[i] === 0 ? 0.5 : steps[i]
    for (let t = 0; t < timeSteps; t++) {
      const share = t === 0 ? (steps[i] === 0 ? 1 : 0) : fround(t / step)
      const value = fround(fround(share * height) + off)
      out[t * count + i] = value > on ? off : value
    }
  }
  return out
}

/**
 * snnTorch's `spikegen.latency`: every element fires once, the brighter the earlier. Normalising goes over all
 * elements that are given. Clipping leaves ramps as they are, as there.
 *
 * @param x `[N]`, 0 to 1
 * @returns `[T,N]`
 * @throws `encoding.brightness`, `encoding.firstSpike`, `encoding.targets`, `encoding.epsilon`, and
 * `encoding.tooLate` where a spike comes after the last step and `bypass` is not set
 */
export function encodeLatency(
  x: Float32Array,
  timeSteps: number,
  parameters: LatencyParameters,
): Float32Array {
  const { threshold, firstSpikeTime, clip, bypass, interpolate, onTarget, offTarget } = parameters
  requireBrightness(x, 'latency')
  requireFirstSpike(firstSpikeTime, timeSteps)
  if (interpolate && onTarget < offTarget) {
    throw new SpikedeskError('encoding.targets', { on: onTarget, off: offTarget })
  }
  const times = latencyTimes(x, timeSteps, parameters)
  const steps = new Float64Array(times.length)
  for (let i = 0; i < times.length; i++) steps[i] = roundHalfEven(times[i])
  const { most } = extent(steps)
  if (most > timeSteps - 1 && !bypass) {
    throw new SpikedeskError('encoding.tooLate', { last: most, steps: timeSteps, wanted: most + 1 })
  }
  if (interpolate) return ramps(steps, timeSteps, onTarget, offTarget)
  const count = x.length
  const out = new Float32Array(timeSteps * count).fill(Math.max(0, offTarget))
  const spike = Math.max(onTarget, offTarget)
  for (let i = 0; i < count; i++) {
    if (steps[i] >= timeSteps || (clip && x[i] < fround(threshold))) continue
    out[steps[i] * count + i] = spike
  }
  return out
}

function parametersOf(params: FieldValues): LatencyParameters {
  return { ...latencyDefaults, ...(params as Partial<LatencyParameters>) }
}

export const latency: SampleEncoder = {
  kind: 'latency',
  binary(params) {
    const { interpolate, onTarget, offTarget } = parametersOf(params)
    return !interpolate && onTarget === 1 && offTarget <= 0
  },
  encode: (x, timeSteps, params) => encodeLatency(x, timeSteps, parametersOf(params)),
}
