import type { IntegrateFireSemantics } from '../../../program.ts'
import type { NeuronGradients, NeuronModel, NeuronTrace, SpikeSlope } from './neuronModel.ts'

const { fround } = Math

/** spikingjelly's LIFNode and IFNode: charge, fire (V ≥ θ), reset, all in one step. */
export function integrateFireModel(neuron: IntegrateFireSemantics, slope: SpikeSlope): NeuronModel {
  const threshold = fround(neuron.threshold)
  const tau = fround(neuron.tau)
  const hard = neuron.reset === 'hard'
  const rest = hard ? fround(neuron.resetValue) : 0

  function charge(v: number, x: number): number {
    if (neuron.model === 'if') return fround(v + x)
    const above = fround(v - rest)
    if (neuron.decayInput) return fround(v + fround(fround(x - above) / tau))
    return fround(fround(v - fround(above / tau)) + x)
  }

  function run(_constants: unknown, { input, charged, spikes, membrane }: NeuronTrace): void {
    let v = rest
    for (let t = 0; t < input.length; t++) {
      const h = charge(v, input[t])
      const spike = fround(h - threshold) >= 0 ? 1 : 0
      charged[t] = h
      spikes[t] = spike
      if (hard) v = fround(fround((1 - spike) * h) + fround(spike * rest))
      else v = fround(h - fround(spike * threshold))
      membrane[t] = v
    }
  }

  function back(_constants: unknown, { charged, spikes }: NeuronTrace, gradients: NeuronGradients): void {
    const leak = neuron.model === 'lif' ? 1 - 1 / tau : 1
    const share = neuron.model === 'lif' && neuron.decayInput ? 1 / tau : 1
    gradients.beta = 0
    gradients.threshold = 0
    let carried = 0
    for (let t = charged.length - 1; t >= 0; t--) {
      const atMembrane = gradients.membrane[t] + carried
      let atSpike = gradients.spikes[t]
      if (!neuron.detachReset) atSpike += atMembrane * (hard ? rest - charged[t] : -threshold)
      const throughSpike = atSpike * slope(fround(charged[t] - threshold), spikes[t] === 1)
      const atCharged = (hard ? 1 - spikes[t] : 1) * atMembrane + throughSpike
      gradients.input[t] = atCharged * share
      carried = atCharged * leak
    }
  }

  return { run, back }
}
