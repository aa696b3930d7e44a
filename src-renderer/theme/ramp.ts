import { color, theme, type ColorToken } from './theme.ts'

export type Rgb = [number, number, number]

/** Red, green and blue of a token, 0 to 255. */
export function rgb(token: ColorToken): Rgb {
  const hex = color(token).replace('#', '')
  const value = Number.parseInt(hex, 16)
  return hex.length === 6 ? [value >> 16, (value >> 8) & 255, value & 255] : [0, 0, 0]
}

/** Colours of shares 0 to 1 as 256 RGBA entries, ready for image data. */
export type Ramp = Uint8ClampedArray

function between(stops: readonly Rgb[]): Ramp {
  const ramp = new Uint8ClampedArray(256 * 4)
  for (let i = 0; i < 256; i++) {
    const at = (i / 255) * (stops.length - 1)
    const from = Math.min(stops.length - 2, Math.floor(at))
    const share = at - from
    for (let channel = 0; channel < 3; channel++) {
      ramp[i * 4 + channel] = stops[from][channel] * (1 - share) + stops[from + 1][channel] * share
    }
    ramp[i * 4 + 3] = 255
  }
  return ramp
}

/** Ramps of the theme on screen; reading its colours anew for every picture would be slow. */
const known = new Map<string, { theme: string; ramp: Ramp }>()

function ofTheme(tokens: readonly ColorToken[]): Ramp {
  const name = tokens.join(' ')
  const found = known.get(name)
  if (found?.theme === theme.value) return found.ramp
  const ramp = between(tokens.map(rgb))
  known.set(name, { theme: theme.value, ramp })
  return ramp
}

/** Brightness of an image, as ink on the panel of the theme on screen. */
export function inkRamp(): Ramp {
  return ofTheme(['sunken', 'ink'])
}

/** Counts and currents, from nothing through the first chart colour to ink: lightness changes one way only. */
export function heatRamp(): Ramp {
  return ofTheme(['sunken', 'c0', 'ink'])
}

/** Signed values from -1 to 1: negative ones in the second chart colour, zero as the panel, positive in the first. */
export function divergingRamp(): Ramp {
  return between([rgb('c1'), rgb('raised'), rgb('c0')])
}

/** What stands for a value that is no number, so that it cannot be taken for one. */
export function notNumber(): readonly [number, number, number] {
  return rgb('c3')
}
