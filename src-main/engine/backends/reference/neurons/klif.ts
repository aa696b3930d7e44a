import type { KlifSemantics } from '../../../neuronSemantics.ts'
import type { NeuronModel, SpikeSlope } from './neuronModel.ts'
import { restOf } from './sameStepReset.ts'

const { fround } = Math

/**
 * spikingjelly's KLIFNode: LIF's charge, then relu(k·V). With a scaled reset, membrane and threshold are divided
 * by k there.
 */
export function klifModel(neuron: KlifSemantics, slope: SpikeSlope): NeuronModel {
  const { decayInput, detachReset, scaleReset } = neuron
  const [tau, threshold, resetValue] = [neuron.tau, neuron.threshold, neuron.resetValue].map(fround)
  const rest = restOf(neuron)
  const hard = neuron.reset === 'hard'

  function charge(v: number, x: number): number {
    const above = fround(v - rest)
    if (decayInput) return fround(v + fround(fround(x - above) / tau))
    return fround(fround(v - fround(above / tau)) + x)
  }

  return {
    states: ['v'],
    parameters: ['k'],
    start: [rest],
    step([k], before, input, _feedback, after) {
      const h = Math.max(0, fround(k * charge(before.states[0], input)))
      after.above = fround(h - threshold)
      after.spike = after.above >= 0 ? 1 : 0
      const voltage = scaleReset ? fround(h / k) : h
      const amount = scaleReset ? fround(threshold / k) : threshold
      after.states[0] = hard
        ? fround(fround((1 - after.spike) * voltage) + fround(after.spike * resetValue))
        : fround(voltage - fround(after.spike * amount))
    },
    back([k], before, input, after, gradients) {
      const charged = charge(before.states[0], input)
      const h = Math.max(0, k * charged)
      const scale = scaleReset ? 1 / k : 1
      const at = gradients.states[0]
      let atSpike = gradients.spike
      if (!detachReset) atSpike += at * (hard ? resetValue - h * scale : -threshold * scale)
      const atVoltage = (hard ? 1 - after.spike : 1) * at
      let atScaled = atVoltage * scale + atSpike * slope(after)
      if (scaleReset) {
        const scaled = hard ? atVoltage * h : at * (h - after.spike * threshold)
        gradients.parameters[0] -= scaled / (k * k)
      }
      if (!(k * charged > 0)) atScaled = 0
      gradients.parameters[0] += atScaled * charged
      const atCharged = atScaled * k
      gradients.states[0] = atCharged * (1 - 1 / tau)
      return atCharged * (decayInput ? 1 / tau : 1)
    },
  }
}
