import { neuronAt, stepAt, type PlotFrame, type PlotWindow } from './coordinator.ts'
import { lowerBound, type SpikeIndex } from './spikeIndex.ts'

/** What is under the pointer. */
export interface Pick {
  step: number
  neuron: number
  spiked: boolean
}

/** Looks for the spike of `step` nearest to `neuron` (fractional); null where none is within `reach`. */
function nearestInStep(index: SpikeIndex, step: number, neuron: number, reach: number): number | null {
  const start = index.offsets[step]
  const end = index.offsets[step + 1]
  const at = lowerBound(index.ids, start, end, Math.max(0, Math.floor(neuron)))
  let best: number | null = null
  let distance = reach
  for (const candidate of [at - 1, at, at + 1]) {
    if (candidate < start || candidate >= end) continue
    const away = Math.abs(index.ids[candidate] + 0.5 - neuron)
    if (away <= distance) {
      distance = away
      best = index.ids[candidate]
    }
  }
  return best
}

/**
 * The spike nearest to a point, at most `radius` CSS pixels away, or else the silent cell under it; null
 * outside the frame. Costs one binary search per step within the radius.
 */
export function pickSpike(
  index: SpikeIndex,
  window: PlotWindow,
  frame: PlotFrame,
  x: number,
  y: number,
  radius = 5,
): Pick | null {
  if (x < frame.left || x > frame.left + frame.width) return null
  if (y < frame.top || y > frame.top + frame.height) return null
  const step = Math.min(index.steps - 1, Math.max(0, Math.floor(stepAt(window, frame, x))))
  const position = neuronAt(window, frame, y)
  const neuron = Math.min(index.neurons - 1, Math.max(0, Math.floor(position)))
  if (index.steps === 0 || index.neurons === 0) return null
  const own = nearestInStep(index, step, position, 0.5)
  if (own !== null) return { step, neuron: own, spiked: true }
  const cellWidth = frame.width / (window.to - window.from)
  const cellHeight = frame.height / (window.high - window.low)
  const stepReach = Math.min(64, Math.floor(radius / cellWidth))
  let best: Pick | null = null
  let distance = radius * radius
  for (
    let other = Math.max(0, step - stepReach);
    other <= Math.min(index.steps - 1, step + stepReach);
    other++
  ) {
    const found = nearestInStep(index, other, position, radius / cellHeight)
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
