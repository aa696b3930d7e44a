import type { NeuronStep, SpikeSlope, StepGradients } from './neuronModel.ts'

const { fround } = Math

/** How spikingjelly's neurons reset: by the spike of the same step, to a value or by the threshold. */
export interface SameStepReset {
  threshold: number
  reset: 'hard' | 'soft'
  resetValue: number
  detachReset: boolean
}

/** Where the membrane starts and what it leaks towards: a soft reset knows no reset value. */
export const restOf = ({ reset, resetValue }: SameStepReset): number =>
  reset === 'hard' ? fround(resetValue) : 0

/** Decides the spike on the charged membrane `h` and returns the membrane after its reset. */
export function fireAndReset(neuron: SameStepReset, h: number, after: NeuronStep): number {
  const threshold = fround(neuron.threshold)
  after.above = fround(h - threshold)
  const spike = after.above >= 0 ? 1 : 0
  after.spike = spike
  if (neuron.reset === 'soft') return fround(h - fround(spike * threshold))
  return fround(fround((1 - spike) * h) + fround(spike * fround(neuron.resetValue)))
}

/** The gradient at the charged membrane, from that at the membrane after its reset. */
export function fireAndResetBack(
  neuron: SameStepReset,
  atMembrane: number,
  after: NeuronStep,
  gradients: StepGradients,
  slope: SpikeSlope,
): number {
  const threshold = fround(neuron.threshold)
  const hard = neuron.reset === 'hard'
  const h = after.above + threshold
  let atSpike = gradients.spike
  if (!neuron.detachReset) atSpike += atMembrane * (hard ? fround(neuron.resetValue) - h : -threshold)
  const survived = (hard ? 1 - after.spike : 1) * atMembrane
  return survived + atSpike * slope(after)
}
