import { rearrange } from '../images/image.ts'
import { cropEvents } from './crop.ts'
import type { Transform } from './transform.ts'

/**
 * tonic's RandomCrop for events: the corner is ⌊u·(W - w)⌋ with u in [0,1), so that the last place is never taken.
 * torchvision's for images: the corner is one of the W - w + 1 places after `padding` zeros on every side. A crop
 * larger than the sample begins at its corner.
 */
export const randomCrop: Transform = {
  kind: 'randomCrop',
  events(events, params, random) {
    const [, height, width] = events.shape
    const left = Math.floor(random.uniform() * Math.max(0, width - Number(params.width)))
    const top = Math.floor(random.uniform() * Math.max(0, height - Number(params.height)))
    cropEvents(events, left, top, Number(params.width), Number(params.height))
  },
  image(image, params, random) {
    const [, height, width] = image.shape
    const padding = Number(params.padding)
    const place = (from: number, to: number) =>
      random.integer(Math.max(0, from + 2 * padding - to) + 1) - padding
    const top = place(height, Number(params.height))
    const left = place(width, Number(params.width))
    return rearrange(image, [Number(params.height), Number(params.width)], (x, y) => {
      const inside = x + left >= 0 && x + left < width && y + top >= 0 && y + top < height
      return inside ? (y + top) * width + x + left : -1
    })
  },
}
