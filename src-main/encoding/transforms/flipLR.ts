import { rearrange } from '../images/image.ts'
import type { Transform } from './transform.ts'

/** tonic's RandomFlipLR, torchvision's RandomHorizontalFlip: x becomes W - 1 - x with a probability. */
export const flipLR: Transform = {
  kind: 'flipLR',
  events({ count, x, shape }, params, random) {
    if (random.uniform() >= Number(params.probability)) return
    for (let i = 0; i < count; i++) x[i] = shape[2] - 1 - x[i]
  },
  image(image, params, random) {
    if (random.uniform() >= Number(params.probability)) return image
    const [, height, width] = image.shape
    return rearrange(image, [height, width], (x, y) => y * width + width - 1 - x)
  },
}
