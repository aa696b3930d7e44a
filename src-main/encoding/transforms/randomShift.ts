import { rearrange } from '../images/image.ts'
import type { Transform } from './transform.ts'

/** Moves by whole pixels, every shift from -x to x and from -y to y as likely; 0 comes in. */
export const randomShift: Transform = {
  kind: 'randomShift',
  image(image, params, random) {
    const [, height, width] = image.shape
    const right = random.integer(2 * Number(params.x) + 1) - Number(params.x)
    const down = random.integer(2 * Number(params.y) + 1) - Number(params.y)
    return rearrange(image, [height, width], (x, y) => {
      const inside = x >= right && x < width + right && y >= down && y < height + down
      return inside ? (y - down) * width + x - right : -1
    })
  },
}
