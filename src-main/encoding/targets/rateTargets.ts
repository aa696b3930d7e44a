import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { FieldValues } from '../../../src-shared/fields.ts'
import { requireFirstSpike } from '../brightness.ts'
import { oneHot } from './oneHot.ts'
import type { TargetCode } from './targetCode.ts'

/** The parameters of snnTorch's `targets_rate`. */
export interface RateTargetParameters {
  firstSpikeTime: number
  /** Share of the steps at which the class of the label fires. */
  correctRate: number
  incorrectRate: number
  onTarget: number
  offTarget: number
  pattern: 'regular' | 'uniform' | 'poisson'
  /** Whether the target rises to each spike in a ramp, for membranes. */
  interpolate: boolean
}

export const rateTargetDefaults: RateTargetParameters = {
  firstSpikeTime: 0,
  correctRate: 1,
  incorrectRate: 0,
  onTarget: 1,
  offTarget: 0,
  pattern: 'regular',
  interpolate: false,
}

/** Whether every output does the same at every step. */
const isStill = ({ firstSpikeTime, correctRate, incorrectRate }: RateTargetParameters): boolean =>
  correctRate === 1 && incorrectRate === 0 && firstSpikeTime === 0

/** Steps at which a class of this rate fires, ascending, each once. */
function spikeSteps(
  rate: number,
  timeSteps: number,
  { firstSpikeTime: first, pattern }: RateTargetParameters,
  random: () => number,
): number[] {
  if (rate === 0) return []
  const room = timeSteps - first
  if (pattern === 'poisson') {
    return Array.from({ length: room }, (_, i) => first + i).filter(() => random() < rate)
  }
  const interval = 1 / rate
  const stepOf = (i: number): number =>
    Math.floor(pattern === 'regular' ? Math.fround(first + i * interval) : random() * room + first)
  const steps = new Set(Array.from({ length: Math.ceil(room / interval) }, (_, i) => stepOf(i)))
  return [...steps].filter((at) => at < timeSteps).sort((a, b) => a - b)
}

/** The target of one output over time, `[T]`: spikes, or ramps from the off value up to each of them. */
function course(
  steps: readonly number[],
  timeSteps: number,
  { onTarget, offTarget, interpolate }: RateTargetParameters,
): Float32Array {
  const out = new Float32Array(timeSteps).fill(interpolate ? offTarget : Math.max(0, offTarget))
  let before = -1
  for (const at of steps) {
    const length = at - before - 1
    if (interpolate) {
      for (let i = 0; i < length; i++) {
        out[before + 1 + i] = offTarget + (i * (onTarget - offTarget)) / length
      }
    }
    out[at] = interpolate ? onTarget : Math.max(onTarget, offTarget)
    before = at
  }
  return out
}

/**
 * snnTorch's `targets_rate`. At rates 1 and 0 without a first spike time the targets do not change over time:
 * `[B,C]`. Else `[T,B,C]`: the class of the label fires at one rate, every other one at the other, with the same
 * pattern for all samples. Where snnTorch 0.9.4 gives wrong shapes (an incorrect rate above 0), this is what its
 * documentation says.
 *
 * @param random in [0,1), for the uniform and the poisson pattern
 * @throws `encoding.targetRates`, `encoding.firstSpike`, `engine.label`
 */
export function rateTargets(
  labels: Uint8Array,
  classes: number,
  timeSteps: number,
  parameters: Partial<RateTargetParameters>,
  random: () => number,
): Float32Array {
  const all = { ...rateTargetDefaults, ...parameters }
  const { firstSpikeTime, correctRate, incorrectRate, onTarget, offTarget } = all
  if (!(incorrectRate >= 0 && incorrectRate <= correctRate && correctRate <= 1)) {
    throw new SpikedeskError('encoding.targetRates', { correct: correctRate, incorrect: incorrectRate })
  }
  requireFirstSpike(firstSpikeTime, timeSteps)
  const classOf = oneHot(labels, classes)
  if (correctRate === 1 && incorrectRate === 0) {
    const inverted = isStill(all) && onTarget <= offTarget
    const [on, off] = inverted
      ? [onTarget, offTarget]
      : [Math.max(onTarget, offTarget), Math.max(0, offTarget)]
    const step = classOf.map((one) => (one === 1 ? on : off))
    if (isStill(all)) return step
    const out = new Float32Array(timeSteps * step.length).fill(offTarget)
    for (let t = firstSpikeTime; t < timeSteps; t++) out.set(step, t * step.length)
    return out
  }
  const correct = course(spikeSteps(correctRate, timeSteps, all, random), timeSteps, all)
  const incorrect = course(spikeSteps(incorrectRate, timeSteps, all, random), timeSteps, all)
  const out = new Float32Array(timeSteps * classOf.length)
  for (let t = 0; t < timeSteps; t++) {
    classOf.forEach((one, i) => (out[t * classOf.length + i] = one === 1 ? correct[t] : incorrect[t]))
  }
  return out
}

function parametersOf(params: FieldValues): RateTargetParameters {
  return { ...rateTargetDefaults, ...(params as Partial<RateTargetParameters>) }
}

export const rate: TargetCode = {
  kind: 'rate',
  still: (params) => isStill(parametersOf(params)),
  encode: (labels, classes, timeSteps, params, random) =>
    rateTargets(labels, classes, timeSteps, parametersOf(params), random),
}
