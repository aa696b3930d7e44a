import { lowestBit, spikesBetween, wordsOf, type SpikeBits } from '../../../src-shared/spikeBits.ts'
import type { PlotWindow } from './coordinator.ts'

/** Colour of a pixel as it stands in image data on a little-endian machine: `0xAABBGGRR`. */
export type PixelColour = number

/** Packs a colour; each part 0 to 255. */
export function pixelColour(red: number, green: number, blue: number, alpha = 255): PixelColour {
  return ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0
}

/** What is drawn apart: the spikes of single neurons in colours of their own. */
export type NeuronColours = ReadonlyMap<number, PixelColour>

/** First and last pixel (exclusive) of the tick of each visible step. */
function tickColumns(window: PlotWindow, width: number, rowHeight: number, density: number): Int32Array {
  const first = Math.floor(window.from)
  const last = Math.ceil(window.to)
  const cell = width / (window.to - window.from)
  const wanted = Math.max(2 * density, Math.min(rowHeight * 0.5, 4 * density))
  const thickness = Math.max(1, Math.round(Math.min(cell * 0.6, wanted)))
  const columns = new Int32Array((last - first) * 2)
  for (let step = first; step < last; step++) {
    const centre = (step + 0.5 - window.from) * cell
    const start = Math.round(centre - thickness / 2)
    columns[(step - first) * 2] = start
    columns[(step - first) * 2 + 1] = start + thickness
  }
  return columns
}

/**
 * Paints spikes into `width` × `height` device pixels: a tick per spike while a cell is at least a pixel high
 * and wide, and below that a pixel whose opacity tells how many of its cells fire. Where many neurons share a pixel
 * their spikes are counted a word of bits at a time.
 *
 * @param density device pixels per CSS pixel
 * @param pixels receives them, whatever it held
 */
export function rasterizeSpikes(
  spikes: SpikeBits,
  window: PlotWindow,
  width: number,
  height: number,
  density: number,
  colour: PixelColour,
  apart: NeuronColours = new Map(),
  pixels = new Uint32Array(width * height),
): Uint32Array {
  pixels.fill(0)
  const cellWidth = width / (window.to - window.from)
  const cellHeight = height / (window.high - window.low)
  if (cellWidth < 1 || cellHeight < 1) {
    if (cellHeight < 1) countThin(spikes, window, width, height, pixels)
    else countTall(spikes, window, width, height, pixels)
    shade(pixels, Math.max(1, 1 / cellWidth) * Math.max(1, 1 / cellHeight), colour)
  } else paintTicks(spikes, window, width, height, density, colour, apart, pixels)
  return pixels
}

/** The neurons of a window, `[lowest, highest)`. */
function visibleNeurons({ inputs }: SpikeBits, window: PlotWindow): [lowest: number, highest: number] {
  return [Math.max(0, Math.floor(window.low)), Math.min(inputs, Math.ceil(window.high))]
}

/** Calls with each neuron in `[lowest, highest)` that fires at a step, ascending. */
function eachFiring(
  { inputs, words }: SpikeBits,
  step: number,
  [lowest, highest]: readonly [number, number],
  visit: (neuron: number) => void,
): void {
  const row = step * wordsOf(inputs)
  for (let i = lowest >>> 5; i * 32 < highest; i++) {
    for (let word = words[row + i]; word !== 0; word &= word - 1) {
      const neuron = i * 32 + lowestBit(word)
      if (neuron >= lowest && neuron < highest) visit(neuron)
    }
  }
}

function paintTicks(
  spikes: SpikeBits,
  window: PlotWindow,
  width: number,
  height: number,
  density: number,
  colour: PixelColour,
  apart: NeuronColours,
  pixels: Uint32Array,
): void {
  const first = Math.floor(window.from)
  const range = visibleNeurons(spikes, window)
  const cell = height / (window.high - window.low)
  const columns = tickColumns(window, width, cell, density)
  const gap = cell >= 3 * density ? Math.max(1, Math.round(cell * 0.12)) : 0
  for (let step = Math.max(0, first); step < Math.min(spikes.steps, Math.ceil(window.to)); step++) {
    const left = Math.max(0, columns[(step - first) * 2])
    const right = Math.min(width, columns[(step - first) * 2 + 1])
    eachFiring(spikes, step, range, (neuron) => {
      const bottom = Math.min(height, Math.round(height - (neuron - window.low) * cell))
      const top = Math.max(0, Math.round(height - (neuron + 1 - window.low) * cell) + gap)
      const own = apart.size > 0 ? (apart.get(neuron) ?? colour) : colour
      // Plain loops: a tick is a few pixels wide, for which `fill` costs more than what it fills.
      for (let row = top * width; row < bottom * width; row += width) {
        for (let x = left; x < right; x++) pixels[row + x] = own
      }
    })
  }
}

/** Calls with each visible step and the column of pixels that it falls into. */
function eachColumn(
  { steps }: SpikeBits,
  window: PlotWindow,
  width: number,
  visit: (step: number, x: number) => void,
): void {
  const across = width / (window.to - window.from)
  for (let step = Math.max(0, Math.floor(window.from)); step < Math.min(steps, window.to); step++) {
    const x = Math.floor((step + 0.5 - window.from) * across)
    if (x >= 0 && x < width) visit(step, x)
  }
}

/** Counts spikes where several neurons share a row of pixels. */
function countThin(
  spikes: SpikeBits,
  window: PlotWindow,
  width: number,
  height: number,
  pixels: Uint32Array,
): void {
  const down = height / (window.high - window.low)
  const [lowest, highest] = visibleNeurons(spikes, window)
  const rows: { at: number; from: number; to: number }[] = []
  for (let from = lowest; from < highest;) {
    const y = Math.ceil(height - (from - window.low) * down) - 1
    let to = from + 1
    while (to < highest && Math.ceil(height - (to - window.low) * down) - 1 === y) to++
    if (y >= 0 && y < height) rows.push({ at: y * width, from, to })
    from = to
  }
  eachColumn(spikes, window, width, (step, x) => {
    for (const { at, from, to } of rows) pixels[at + x] += spikesBetween(spikes, step, from, to)
  })
}

/** Counts spikes where several steps share a column of pixels and a neuron has rows of its own. */
function countTall(
  spikes: SpikeBits,
  window: PlotWindow,
  width: number,
  height: number,
  pixels: Uint32Array,
): void {
  const down = height / (window.high - window.low)
  const rows = Math.floor(down)
  const range = visibleNeurons(spikes, window)
  eachColumn(spikes, window, width, (step, x) => {
    eachFiring(spikes, step, range, (neuron) => {
      const bottom = Math.ceil(height - (neuron - window.low) * down) - 1
      for (let y = Math.max(0, bottom - rows + 1); y <= Math.min(height - 1, bottom); y++)
        pixels[y * width + x]++
    })
  })
}

/** Turns counts of spikes into a colour, the more opaque the nearer a count is to `capacity`. */
function shade(pixels: Uint32Array, capacity: number, colour: PixelColour): void {
  const base = colour & 0x00ffffff
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i] === 0) continue
    const alpha = Math.round(80 + 175 * Math.sqrt(Math.min(1, pixels[i] / capacity)))
    pixels[i] = ((alpha << 24) | base) >>> 0
  }
}
