import { emptyLike, type ImageSample } from '../images/image.ts'
import type { Transform } from './transform.ts'

/** The inputs that make one output along an axis, and their shares. */
interface Taps {
  first: number
  weights: number[]
}

/** Triangle filter whose support grows with the step, cut off at the border and brought to a sum of 1. */
function tapsOf(from: number, to: number): Taps[] {
  const scale = from / to
  const support = Math.max(scale, 1)
  return Array.from({ length: to }, (_, i) => {
    const center = (i + 0.5) * scale
    const first = Math.max(0, Math.trunc(center - support + 0.5))
    const end = Math.min(from, Math.trunc(center + support + 0.5))
    const weights = Array.from({ length: end - first }, (_, k) =>
      Math.max(0, 1 - Math.abs((k + first - center + 0.5) / support)),
    )
    const sum = weights.reduce((total, weight) => total + weight, 0)
    return { first, weights: weights.map((weight) => weight / sum) }
  })
}

const fixedOne = 2 ** 22

/** Resamples the rows of `from`, and turns the image over its diagonal, so that twice is both axes. */
function resampleRows(from: ImageSample, width: number): ImageSample {
  const [channels, height, fromWidth] = from.shape
  const to = emptyLike(from, [channels, width, height])
  const bytes = from.pixels instanceof Uint8Array
  tapsOf(fromWidth, width).forEach(({ first, weights }, x) => {
    const shares = bytes ? weights.map((weight) => Math.trunc(0.5 + weight * fixedOne)) : weights
    for (let row = 0; row < channels * height; row++) {
      let sum = bytes ? fixedOne / 2 : 0
      for (let k = 0; k < shares.length; k++) sum += shares[k] * from.pixels[row * fromWidth + first + k]
      const value = bytes ? Math.min(255, Math.floor(sum / fixedOne)) : sum
      const [channel, y] = [Math.floor(row / height), row % height]
      to.pixels[(channel * width + x) * height + y] = value
    }
  })
  return to
}

/**
 * Pillow's resize with BILINEAR, which is what torchvision's Resize does with a picture: a triangle filter as wide
 * as the step where the image gets smaller, first along the rows, then along the columns; for bytes in 22-bit
 * fixed point with rounding after each axis, as Pillow does, so that the bytes are the same.
 */
export const resize: Transform = {
  kind: 'resize',
  image: (image, params) => resampleRows(resampleRows(image, Number(params.width)), Number(params.height)),
}
