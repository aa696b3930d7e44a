import { rearrange } from '../images/image.ts'
import type { Transform } from './transform.ts'

/** tonic's RandomFlipUD, torchvision's RandomVerticalFlip: y becomes H - 1 - y with a probability. */
export const flipUD: Transform = {
  kind: 'flipUD',
  events({ count, y, shape }, params, random) {
    if (random.uniform() >= Number(params.probability)) return
    for (let i = 0; i < count; i++) y[i] = shape[1] - 1 - y[i]
  },
  image(image, params, random) {
    if (random.uniform() >= Number(params.probability)) return image
    const [, height, width] = image.shape
    return rearrange(image, [height, width], (x, y) => (height - 1 - y) * width + x)
  },
}
