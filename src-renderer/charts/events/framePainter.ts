import type { EventTrain } from './eventWindow.ts'
import { mixed, pixelWord, type PolarityColors } from './polarityColors.ts'

/** So many events of a pixel get a colour of their own; more look the same. */
const levels = 8

/** Colours by how many ON and OFF events a pixel has, `[levels + 1][levels + 1]`. */
export function frameColors({ on, off, ground }: PolarityColors): Uint32Array {
  const words = new Uint32Array((levels + 1) ** 2)
  for (let ons = 0; ons <= levels; ons++) {
    for (let offs = 0; offs <= levels; offs++) {
      const all = ons + offs
      const strength = all === 0 ? 0 : Math.min(1, 0.5 + 0.5 * ((all - 1) / (levels - 1)))
      const hue = all === 0 ? ground : mixed(off, on, ons / all)
      words[ons * (levels + 1) + offs] = pixelWord(mixed(ground, hue, strength))
    }
  }
  return words
}

/**
 * Draws the events from one place to another as a picture, ON and OFF in their colours, more of them stronger.
 * @param image `[H,W]` words of image data
 */
export function paintFrame(
  { shape, x, y, p }: EventTrain,
  [from, to]: readonly [number, number],
  colors: Uint32Array,
  image: Uint32Array,
): void {
  const [height, width] = shape.slice(-2)
  const counts = new Uint8Array(2 * height * width)
  for (let i = from; i < to; i++) {
    if (x[i] >= width || y[i] >= height) continue
    const place = 2 * (y[i] * width + x[i]) + (p[i] > 0 ? 0 : 1)
    if (counts[place] < levels) counts[place]++
  }
  for (let i = 0; i < height * width; i++) image[i] = colors[counts[2 * i] * (levels + 1) + counts[2 * i + 1]]
}
