import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { FieldValues } from '../../src-shared/fields.ts'
import { requireBrightness, requireFirstSpike } from './brightness.ts'
import type { SampleEncoder } from './encoder.ts'
import { ownTrains } from './levels/ownTrains.ts'
import { rankedTrains } from './levels/rankedTrains.ts'
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

/** A spike of each element at its step; none where that is beyond the last one. */
function spikes(steps: Float64Array, timeSteps: number, onTarget: number, offTarget: number): Float32Array {
  const count = steps.length
  const out = new Float32Array(timeSteps * count).fill(Math.max(0, offTarget))
  const spike = Math.max(onTarget, offTarget)
  for (let i = 0; i < count; i++) if (steps[i] < timeSteps) out[steps[i] * count + i] = spike
  return out
}

/** The steps at which elements fire, `[N]`; Infinity where they are clipped. Throws `encoding.tooLate`. */
function latencySteps(x: Float32Array, timeSteps: number, parameters: LatencyParameters): Float64Array {
  const { threshold, clip, bypass, interpolate } = parameters
  const steps = Float64Array.from(latencyTimes(x, timeSteps, parameters), roundHalfEven)
  const { most } = extent(steps)
  if (most > timeSteps - 1 && !bypass) {
    throw new SpikedeskError('encoding.tooLate', { last: most, steps: timeSteps, wanted: most + 1 })
  }
  return clip && !interpolate ? steps.map((step, i) => (x[i] < fround(threshold) ? Infinity : step)) : steps
}

/** What elements that fire at such steps become, `[T,N]`. */
function trainsAt(
  steps: Float64Array,
  timeSteps: number,
  { interpolate, onTarget, offTarget }: LatencyParameters,
): Float32Array {
  return (interpolate ? ramps : spikes)(steps, timeSteps, onTarget, offTarget)
}

function requireParameters(
  timeSteps: number,
  { firstSpikeTime, interpolate, onTarget, offTarget }: LatencyParameters,
): void {
  requireFirstSpike(firstSpikeTime, timeSteps)
  if (interpolate && onTarget < offTarget) {
    throw new SpikedeskError('encoding.targets', { on: onTarget, off: offTarget })
  }
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
  requireBrightness(x, 'latency')
  requireParameters(timeSteps, parameters)
  return trainsAt(latencySteps(x, timeSteps, parameters), timeSteps, parameters)
}

function parametersOf(params: FieldValues): LatencyParameters {
  return { ...latencyDefaults, ...(params as Partial<LatencyParameters>) }
}

function isBinary(params: FieldValues): boolean {
  const { interpolate, onTarget, offTarget } = parametersOf(params)
  return !interpolate && onTarget === 1 && offTarget <= 0
}

export const latency: SampleEncoder = {
  kind: 'latency',
  binary: isBinary,
  encode: (x, timeSteps, params) => encodeLatency(x, timeSteps, parametersOf(params)),
  levels(levels, timeSteps, params) {
    const parameters = parametersOf(params)
    const encode = (x: Float32Array) => encodeLatency(x, timeSteps, parameters)
    if (!parameters.normalize || parameters.linear)
      return ownTrains(levels, timeSteps, 1, isBinary(params), encode)
    return rankedTrains(levels, timeSteps, isBinary(params), {
      order(x) {
        requireParameters(timeSteps, parameters)
        return latencyTimes(x, timeSteps, { ...parameters, normalize: false })
      },
      steps: (x) => latencySteps(x, timeSteps, parameters),
      trains: (steps) => trainsAt(steps, timeSteps, parameters),
    })
  },
}
