import type { LeakySemantics } from '../../../program.ts'
import type { NeuronConstants, NeuronGradients, NeuronModel, NeuronTrace, SpikeSlope } from './neuronModel.ts'

const { fround } = Math

const clampShare = (beta: number): number => Math.min(1, Math.max(0, beta))

/**
 * snnTorch's Leaky. The reset flag R = [U[t-1] > θ] is detached, but its θ is not; without delay the
 * membrane is set back in the same step by d = S - R, and there the gradient does flow through S.
 */
export function leakyModel({ reset, delayed }: LeakySemantics, slope: SpikeSlope): NeuronModel {
  function run(
    { beta, threshold }: NeuronConstants,
    { input, charged, spikes, membrane }: NeuronTrace,
  ): void {
    const share = clampShare(beta)
    let before = 0
    for (let t = 0; t < input.length; t++) {
      const flag = fround(before - threshold) > 0 ? 1 : 0
      const kept = reset === 'zero' ? fround((1 - flag) * before) : before
      let u = fround(fround(share * kept) + input[t])
      if (reset === 'subtract') u = fround(u - fround(flag * threshold))
      charged[t] = u
      spikes[t] = fround(u - threshold) > 0 ? 1 : 0
      const due = delayed ? 0 : spikes[t] - flag
      if (reset === 'subtract') u = fround(u - fround(due * threshold))
      if (reset === 'zero') u = fround(u - fround(due * u))
      membrane[t] = u
      before = u
    }
  }

  function back(constants: NeuronConstants, trace: NeuronTrace, gradients: NeuronGradients): void {
    const { beta, threshold } = constants
    const { charged, spikes, membrane } = trace
    const share = clampShare(beta)
    const betaFlows = beta >= 0 && beta <= 1
    let carried = 0
    gradients.beta = 0
    gradients.threshold = 0
    for (let t = charged.length - 1; t >= 0; t--) {
      const before = t > 0 ? membrane[t - 1] : 0
      const flag = fround(before - threshold) > 0 ? 1 : 0
      const atMembrane = gradients.membrane[t] + carried
      let atSpike = gradients.spikes[t]
      let atCharged = atMembrane
      if (!delayed) {
        const due = spikes[t] - flag
        if (reset === 'subtract') {
          atSpike -= threshold * atMembrane
          gradients.threshold -= due * atMembrane
        }
        if (reset === 'zero') {
          atSpike -= charged[t] * atMembrane
          atCharged = (1 - due) * atMembrane
        }
      }
      const throughSpike = atSpike * slope(fround(charged[t] - threshold), spikes[t] === 1)
      atCharged += throughSpike
      gradients.threshold -= throughSpike
      if (reset === 'subtract') gradients.threshold -= flag * atCharged
      const open = reset === 'zero' ? 1 - flag : 1
      if (betaFlows) gradients.beta += atCharged * open * before
      gradients.input[t] = atCharged
      carried = share * open * atCharged
    }
  }

  return { run, back }
}
