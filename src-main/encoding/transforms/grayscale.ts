import { emptyLike } from '../images/image.ts'
import type { Transform } from './transform.ts'

/**
 * Bytes as Pillow's convert('L'): (19595 R + 38470 G + 7471 B + 32768) >> 16; other numbers by 0.299, 0.587 and
 * 0.114. An image of one channel stays as it is.
 */
export const grayscale: Transform = {
  kind: 'grayscale',
  image(image) {
    const [channels, height, width] = image.shape
    if (channels === 1) return image
    const { pixels } = image
    const plane = height * width
    const gray = emptyLike(image, [1, height, width])
    const bytes = pixels instanceof Uint8Array
    for (let i = 0; i < plane; i++) {
      const [red, green, blue] = [pixels[i], pixels[plane + i], pixels[2 * plane + i]]
      gray.pixels[i] = bytes
        ? (19595 * red + 38470 * green + 7471 * blue + 32768) >>> 16
        : 0.299 * red + 0.587 * green + 0.114 * blue
    }
    return gray
  },
}
