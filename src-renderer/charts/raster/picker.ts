import { spikeAt, type SpikeBits } from '../../../src-shared/spikeBits.ts'
import { neuronAt, stepAt, type PlotFrame, type PlotWindow } from './coordinator.ts'

/** What is under the pointer. */
export interface Pick {
  step: number
  neuron: number
  spiked: boolean
}

/** Looks for the spike of `step` nearest to `neuron` (fractional); null where none is within `reach`. */
function nearestInStep(bits: SpikeBits, step: number, neuron: number, reach: number): number | null {
  const first = Math.max(0, Math.ceil(neuron - 0.5 - reach))
  const last = Math.min(bits.inputs - 1, Math.floor(neuron - 0.5 + reach))
  let best: number | null = null
  for (let candidate = first; candidate <= last; candidate++) {
    if (spikeAt(bits, step, candidate) === 0) continue
    const away = Math.abs(candidate + 0.5 - neuron)
    if (best === null || away <= Math.abs(best + 0.5 - neuron)) best = candidate
  }
  return best
}

/**
 * The spike nearest to a point, at most `radius` CSS pixels away, or else the silent cell under it; null
 * outside the frame.
 */
export function pickSpike(
  spikes: SpikeBits,
  window: PlotWindow,
  frame: PlotFrame,
  x: number,
  y: number,
  radius = 5,
): Pick | null {
  if (x < frame.left || x > frame.left + frame.width) return null
  if (y < frame.top || y > frame.top + frame.height) return null
  const step = Math.min(spikes.steps - 1, Math.max(0, Math.floor(stepAt(window, frame, x))))
  const position = neuronAt(window, frame, y)
  const neuron = Math.min(spikes.inputs - 1, Math.max(0, Math.floor(position)))
  if (spikes.steps === 0 || spikes.inputs === 0) return null
  const own = nearestInStep(spikes, step, position, 0.5)
  if (own !== null) return { step, neuron: own, spiked: true }
  const cellWidth = frame.width / (window.to - window.from)
  const cellHeight = frame.height / (window.high - window.low)
  const stepReach = Math.min(64, Math.floor(radius / cellWidth))
  let best: Pick | null = null
  let distance = radius * radius
  for (
    let other = Math.max(0, step - stepReach);
    other <= Math.min(spikes.steps - 1, step + stepReach);
    other++
  ) {
    const found = nearestInStep(spikes, other, position, radius / cellHeight)
    if (found === null) continue
    const across = other === step ? 0 : (other + 0.5 - stepAt(window, frame, x)) * cellWidth
    const away = across ** 2 + ((found + 0.5 - position) * cellHeight) ** 2
    if (away <= distance) {
      distance = away
      best = { step: other, neuron: found, spiked: true }
    }
  }
  return best ?? { step, neuron, spiked: false }
}
