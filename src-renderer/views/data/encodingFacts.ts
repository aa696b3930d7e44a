import type { EncodingPreview } from '../../../src-shared/contract.ts'

/** What can be read off an encoded sample at one glance. */
export interface EncodingFacts {
  /** The chosen pixel over the steps, `[T]`. */
  train: Float32Array
  /** Sum over all pixels at each step, `[T]`. */
  perStep: Float32Array
  maxValue: number
  maxTotal: number
  maxPerStep: number
  meanPerStep: number
  total: number
  /** Mean over pixels and steps. */
  mean: number
  /** Pixels with nothing at any step. */
  silent: number
  /** Steps with nothing at any pixel. */
  emptySteps: number
  /** Share of everything that falls on the last step. */
  lastShare: number
}

function largest(values: Float32Array): number {
  let most = 0
  for (const value of values) if (value > most) most = value
  return most
}

/** Sums up a preview. `pixel` is the number of a pixel in its first channel. */
export function encodingFacts(preview: EncodingPreview, pixel: number): EncodingFacts {
  const { timeSteps, values, totals } = preview
  const inputs = totals.length
  const train = new Float32Array(timeSteps)
  const perStep = new Float32Array(timeSteps)
  let total = 0
  for (let t = 0; t < timeSteps; t++) {
    let sum = 0
    for (let i = t * inputs; i < (t + 1) * inputs; i++) sum += values[i]
    train[t] = values[t * inputs + pixel]
    perStep[t] = sum
    total += sum
  }
  return {
    train,
    perStep,
    maxValue: largest(values),
    maxTotal: largest(totals),
    maxPerStep: largest(perStep),
    meanPerStep: total / timeSteps,
    total,
    mean: total / (timeSteps * inputs),
    silent: totals.reduce((count, value) => count + (value === 0 ? 1 : 0), 0),
    emptySteps: perStep.reduce((count, value) => count + (value === 0 ? 1 : 0), 0),
    lastShare: total > 0 ? perStep[timeSteps - 1] / total : 0,
  }
}

/** The pixel nearest to the centre that is at least half bright; the centre itself where none is. */
export function middlePixel({ shape, pixels }: EncodingPreview): number {
  const [height, width] = shape.slice(-2)
  const centre = Math.floor(height / 2) * width + Math.floor(width / 2)
  let best = centre
  let nearest = Infinity
  for (let i = 0; i < height * width; i++) {
    if (pixels[i] < 128) continue
    const distance = (Math.floor(i / width) - height / 2) ** 2 + ((i % width) - width / 2) ** 2
    if (distance < nearest) {
      nearest = distance
      best = i
    }
  }
  return best
}
