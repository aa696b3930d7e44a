import { GIFEncoder } from 'gifenc'
import type { Ramp } from '../theme/ramp.ts'

/** Maps over time, to stand in an animation one beside the other. */
export interface AnimatedMaps {
  /** `[C,H,W]`; the channels are averaged. */
  shape: readonly [channels: number, height: number, width: number]
  /** The values of a step, `[C,H,W]`. */
  mapOf(step: number): ArrayLike<number>
  timeSteps: number
  /** The value that gets the strongest colour. */
  max: number
}

/** About as many pixels high as an animation is made. */
const wantedHeight = 280
/** The last entry of the palette is the line between two maps; the ramp has the others. */
const lineEntry = 255

/** Palette of a ramp with its last colour replaced. */
function paletteOf(ramp: Ramp, line: readonly [number, number, number]): number[][] {
  const entries = Array.from({ length: lineEntry }, (_, i) => {
    const at = Math.round((i / (lineEntry - 1)) * 255) * 4
    return [...ramp.subarray(at, at + 3)]
  })
  return [...entries, [...line]]
}

/** Draws the map of a step into a frame; nothing where its time is over. */
function drawMap(
  { shape: [channels, height, width], mapOf, timeSteps, max }: AnimatedMaps,
  step: number,
  frame: Uint8Array,
  [left, across, scale]: readonly [left: number, across: number, scale: number],
): void {
  if (step >= timeSteps) return
  const plane = height * width
  const values = mapOf(step)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      let sum = 0
      for (let c = 0; c < channels; c++) sum += values[c * plane + row * width + column]
      const share = max > 0 ? Math.min(1, Math.max(0, sum / (channels * max))) : 0
      const entry = Math.round(share * (lineEntry - 1))
      if (entry === 0) continue
      const first = left + column * scale
      for (let y = row * scale; y < (row + 1) * scale; y++) {
        frame.fill(entry, y * across + first, y * across + first + scale)
      }
    }
  }
}

/**
 * An endless animation of maps over their steps, as long as the longest of them, as the bytes of a GIF. Gives way to
 * the page between frames.
 *
 * @param line colour between two maps
 * @param perSecond frames a second; GIF knows hundredths, browsers nothing shorter than two of them
 */
export async function stepGif(
  maps: readonly AnimatedMaps[],
  ramp: Ramp,
  line: readonly [number, number, number],
  perSecond: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const tallest = Math.max(...maps.map(({ shape }) => shape[1]))
  const scale = Math.max(1, Math.floor(wantedHeight / tallest))
  const gap = maps.length > 1 ? Math.max(2, scale) : 0
  const widths = maps.map(({ shape }) => shape[2] * scale)
  const across = widths.reduce((sum, width) => sum + width, 0) + gap * (maps.length - 1)
  const height = tallest * scale
  const palette = paletteOf(ramp, line)
  const gif = GIFEncoder()
  const steps = Math.max(...maps.map(({ timeSteps }) => timeSteps))
  const delay = Math.max(20, 1000 / perSecond)
  for (let step = 0; step < steps; step++) {
    const frame = new Uint8Array(across * height)
    let left = 0
    maps.forEach((map, i) => {
      drawMap(map, step, frame, [left, across, scale])
      left += widths[i]
      if (i + 1 === maps.length) return
      for (let y = 0; y < height; y++) frame.fill(lineEntry, y * across + left, y * across + left + gap)
      left += gap
    })
    gif.writeFrame(frame, across, height, step === 0 ? { palette, delay, repeat: 0 } : { delay })
    await new Promise((resolve) => setTimeout(resolve))
  }
  gif.finish()
  return gif.bytes()
}
