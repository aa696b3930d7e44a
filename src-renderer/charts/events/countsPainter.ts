import { theme } from '../../theme/theme.ts'
import { mixed, pixelWord, polarityColors } from './polarityColors.ts'

const levels = 16

/** Colours by the levels of OFF and ON, `[levels + 1][levels + 1]`; read once a theme, as reading them is slow. */
let known: { theme: string; words: Uint32Array } | null = null

function colors(): Uint32Array {
  if (known?.theme === theme.value) return known.words
  const { on, off, ground } = polarityColors()
  const words = new Uint32Array((levels + 1) ** 2)
  for (let offs = 0; offs <= levels; offs++) {
    for (let ons = 0; ons <= levels; ons++) {
      const all = ons + offs
      const hue = all === 0 ? ground : mixed(off, on, ons / all)
      const strength = all === 0 ? 0 : 0.25 + 0.75 * Math.min(1, all / levels)
      words[offs * (levels + 1) + ons] = pixelWord(mixed(ground, hue, strength))
    }
  }
  known = { theme: theme.value, words }
  return words
}

/**
 * Draws counts of events, `[P,H,W]` from `offset` on, OFF before ON where there are two polarities.
 * @param max the count that gets the strongest colour
 * @param image `[H,W]` words of image data
 */
export function paintCounts(
  values: ArrayLike<number>,
  offset: number,
  shape: readonly number[],
  max: number,
  image: Uint32Array,
): void {
  const words = colors()
  const [polarities, height, width] = shape.length === 3 ? shape : [1, ...shape.slice(-2)]
  const pixels = height * width
  const scale = max > 0 ? levels / max : 0
  const on = offset + (polarities > 1 ? pixels : 0)
  for (let i = 0; i < pixels; i++) {
    const ons = Math.min(levels, Math.ceil(values[on + i] * scale))
    const offs = polarities > 1 ? Math.min(levels, Math.ceil(values[offset + i] * scale)) : 0
    image[i] = words[offs * (levels + 1) + ons]
  }
}
