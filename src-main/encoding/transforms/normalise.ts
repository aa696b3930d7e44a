import { parseNumbers, type FieldValues } from '../../../src-shared/fields.ts'
import type { ImageSample } from '../images/image.ts'
import type { Transform } from './transform.ts'

/**
 * torchvision's ToTensor and Normalize: bytes become brightness, byte/255, then (x - mean)/deviation of each
 * channel, in float32. Numbers that are brightness already are only normalised.
 *
 * @returns `[C,H,W]`
 */
export function normalisedPixels({ shape, pixels }: ImageSample, params: FieldValues): Float32Array {
  const means = parseNumbers(String(params.mean)) ?? []
  const deviations = parseNumbers(String(params.deviation)) ?? []
  const plane = shape[1] * shape[2]
  const scale = pixels instanceof Uint8Array ? 255 : 1
  return Float32Array.from(pixels, (value, i) => {
    const channel = Math.floor(i / plane)
    const mean = Math.fround(means[Math.min(channel, means.length - 1)])
    const deviation = Math.fround(deviations[Math.min(channel, deviations.length - 1)])
    return Math.fround(Math.fround(value / scale) - mean) / deviation
  })
}

export const normalise: Transform = {
  kind: 'normalise',
  image: (image, params) => ({ shape: image.shape, pixels: normalisedPixels(image, params) }),
}
