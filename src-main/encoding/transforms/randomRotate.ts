import { rearrange } from '../images/image.ts'
import type { Transform } from './transform.ts'

/**
 * torchvision's RandomRotation on a picture: an angle from -degrees to degrees, counter-clockwise around the middle
 * (W/2, H/2); every pixel takes the nearest one, found from its own middle; 0 comes in.
 */
export const randomRotate: Transform = {
  kind: 'randomRotate',
  image(image, params, random) {
    const [, height, width] = image.shape
    const degrees = Number(params.degrees)
    const angle = ((2 * random.uniform() - 1) * degrees * Math.PI) / 180
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
    return rearrange(image, [height, width], (x, y) => {
      const [dx, dy] = [x + 0.5 - width / 2, y + 0.5 - height / 2]
      const column = Math.floor(cos * dx - sin * dy + width / 2)
      const row = Math.floor(sin * dx + cos * dy + height / 2)
      return column >= 0 && column < width && row >= 0 && row < height ? row * width + column : -1
    })
  },
}
