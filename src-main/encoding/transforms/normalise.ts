import { parseNumbers } from '../../../src-shared/fields.ts'
import type { Transform } from './transform.ts'

/**
 * torchvision's ToTensor and Normalize: bytes become brightness, byte/255, then (x - mean)/deviation of each
 * channel, in float32. Numbers that are brightness already are only normalised.
 */
export const normalise: Transform = {
  kind: 'normalise',
  image({ shape, pixels }, params) {
    const means = parseNumbers(String(params.mean)) ?? []
    const deviations = parseNumbers(String(params.deviation)) ?? []
    const plane = shape[1] * shape[2]
    const scale = pixels instanceof Uint8Array ? 255 : 1
    const normalised = Float32Array.from(pixels, (value, i) => {
      const channel = Math.floor(i / plane)
      const mean = Math.fround(means[Math.min(channel, means.length - 1)])
      const deviation = Math.fround(deviations[Math.min(channel, deviations.length - 1)])
      return Math.fround(Math.fround(value / scale) - mean) / deviation
    })
    return { shape, pixels: normalised }
  },
}
