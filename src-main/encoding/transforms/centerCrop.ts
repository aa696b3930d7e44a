import { rearrange } from '../images/image.ts'
import { cropEvents } from './crop.ts'
import type { Transform } from './transform.ts'

/** A half goes to the even neighbour, as in Python. */
function roundHalfEven(value: number): number {
  const floor = Math.floor(value)
  if (value - floor !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

/**
 * tonic's CenterCrop for events: the crop begins at ⌊(W - w)/2⌋; along an axis that grows, nothing is dropped.
 * torchvision's for images: it begins at (W - w)/2, a half rounded to even, and what grows is padded with 0, the
 * smaller half of it first.
 */
export const centerCrop: Transform = {
  kind: 'centerCrop',
  events(events, params) {
    const [, height, width] = events.shape
    const [left, top] = [width - Number(params.width), height - Number(params.height)].map((rest) =>
      Math.floor(rest / 2),
    )
    cropEvents(events, left, top, Number(params.width), Number(params.height))
  },
  image(image, params) {
    const [, height, width] = image.shape
    const offset = (from: number, to: number) =>
      from < to ? -Math.floor((to - from) / 2) : roundHalfEven((from - to) / 2)
    const left = offset(width, Number(params.width))
    const top = offset(height, Number(params.height))
    return rearrange(image, [Number(params.height), Number(params.width)], (x, y) => {
      const inside = x + left >= 0 && x + left < width && y + top >= 0 && y + top < height
      return inside ? (y + top) * width + x + left : -1
    })
  },
}
