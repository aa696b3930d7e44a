import type { NeuronStep, SpikeSlope, StepGradients } from './neuronModel.ts'

const { fround } = Math

/**
 * How snnTorch's neurons reset: by a flag R = [U[t-1] > θ] that is detached (its θ is not) and decided by the
 * membrane that the step before kept. Without delay the membrane is set back in the same step by d = S - R, and
 * there the gradient does flow through S.
 */
export interface DelayedReset {
  reset: 'subtract' | 'zero' | 'none'
  delayed: boolean
}

/** β, α and their kind are clamped to [0,1] at every step; outside, no gradient reaches them. */
export const clampShare = (share: number): number => Math.min(1, Math.max(0, share))
export const isShare = (share: number): boolean => share >= 0 && share <= 1

export const flagOf = (before: number, threshold: number): number => (fround(before - threshold) > 0 ? 1 : 0)

/** Resets the charged membrane by the flag. */
export function resetByFlag(
  reset: DelayedReset['reset'],
  u: number,
  flag: number,
  threshold: number,
): number {
  if (reset === 'subtract') return fround(u - fround(flag * threshold))
  return reset === 'zero' ? fround(u - fround(u * flag)) : u
}

/** Decides the spike on the membrane `u`, and returns what is kept of it. */
export function fire(
  { reset, delayed }: DelayedReset,
  u: number,
  flag: number,
  threshold: number,
  after: NeuronStep,
): number {
  after.above = fround(u - threshold)
  after.spike = after.mayFire && after.above > 0 ? 1 : 0
  if (delayed || reset === 'none') return u
  const due = after.spike - flag
  return fround(u - fround(due * (reset === 'subtract' ? threshold : u)))
}

/** The gradients at the membrane before firing and at the threshold, from that at the kept membrane. */
export function fireBack(
  { reset, delayed }: DelayedReset,
  flag: number,
  threshold: number,
  atKept: number,
  after: NeuronStep,
  gradients: StepGradients,
  slope: SpikeSlope,
): { u: number; threshold: number } {
  const u = after.above + threshold
  const due = after.spike - flag
  let atSpike = gradients.spike
  let atMembrane = atKept
  let atThreshold = 0
  if (!delayed && reset === 'subtract') {
    atSpike -= threshold * atKept
    atThreshold -= due * atKept
  }
  if (!delayed && reset === 'zero') {
    atSpike -= u * atKept
    atMembrane = (1 - due) * atKept
  }
  const throughSpike = atSpike * slope(after)
  return { u: atMembrane + throughSpike, threshold: atThreshold - throughSpike }
}

/** The gradients at the charged membrane and at the threshold, from those after `resetByFlag`. */
export function resetByFlagBack(
  reset: DelayedReset['reset'],
  at: { u: number; threshold: number },
  flag: number,
): { u: number; threshold: number } {
  if (reset === 'subtract') return { u: at.u, threshold: at.threshold - flag * at.u }
  return reset === 'zero' ? { u: (1 - flag) * at.u, threshold: at.threshold } : at
}
