import { color, type ColorToken } from '../../theme/theme.ts'

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number]

/** The two polarities in colours that colour-blind people tell apart, and what they lie on. */
export interface PolarityColors {
  on: Rgb
  off: Rgb
  ground: Rgb
}

function rgb(token: ColorToken): Rgb {
  const value = Number.parseInt(color(token).replace('#', ''), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

/** Colours of the theme on screen. */
export function polarityColors(): PolarityColors {
  return { on: rgb('c0'), off: rgb('c1'), ground: rgb('sunken') }
}

/** `share` of `to` in `from`. */
export function mixed(from: Rgb, to: Rgb, share: number): Rgb {
  return [
    from[0] + (to[0] - from[0]) * share,
    from[1] + (to[1] - from[1]) * share,
    from[2] + (to[2] - from[2]) * share,
  ]
}

/** A colour as a word of image data: 0xAABBGGRR on the little-endian machines that there are. */
export function pixelWord([red, green, blue]: Rgb): number {
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
}
