import type { GradedSpikesBackwardOp, GradedSpikesOp } from '../../../gradedOps.ts'
import type { Memory } from '../memory.ts'

/** output = factor · spikes, rounded once. */
export function gradedSpikes(op: GradedSpikesOp, memory: Memory): void {
  const spikes = memory.tensor(op.input)
  const factor = memory.tensor(op.factor)
  const output = memory.tensor(op.output)
  for (let i = 0; i < output.length; i++) output[i] = spikes[i] * factor[i % factor.length]
}

/** The gradients at the spikes and at the factor. */
export function gradedSpikesBackward(op: GradedSpikesBackwardOp, memory: Memory): void {
  const spikes = memory.tensor(op.input)
  const factor = memory.tensor(op.factor)
  const gradient = memory.tensor(op.gradient)
  const spikesGradient = memory.optional(op.spikesGradient)
  const sums = new Float64Array(factor.length)
  for (let i = 0; i < gradient.length; i++) {
    const at = i % factor.length
    if (spikesGradient) spikesGradient[i] = gradient[i] * factor[at]
    sums[at] += gradient[i] * spikes[i]
  }
  memory.optional(op.factorGradient)?.set(sums)
}
