import type { PlotWindow } from './coordinator.ts'
import { lowerBound, type SpikeIndex } from './spikeIndex.ts'

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
 * and wide, and below that a pixel whose opacity tells how many of its cells fire. Linear in the number of
 * visible spikes; 10⁶ of them take some ten milliseconds.
 *
 * @param density device pixels per CSS pixel
 */
export function rasterizeSpikes(
  index: SpikeIndex,
  window: PlotWindow,
  width: number,
  height: number,
  density: number,
  colour: PixelColour,
  apart: NeuronColours = new Map(),
): Uint32Array {
  const pixels = new Uint32Array(width * height)
  const cellWidth = width / (window.to - window.from)
  const cellHeight = height / (window.high - window.low)
  if (cellWidth < 1 || cellHeight < 1) paintDensity(index, window, width, height, colour, pixels)
  else paintTicks(index, window, width, height, density, colour, apart, pixels)
  return pixels
}

function paintTicks(
  index: SpikeIndex,
  window: PlotWindow,
  width: number,
  height: number,
  density: number,
  colour: PixelColour,
  apart: NeuronColours,
  pixels: Uint32Array,
): void {
  const first = Math.floor(window.from)
  const lowest = Math.floor(window.low)
  const highest = Math.min(index.neurons, Math.ceil(window.high))
  const cell = height / (window.high - window.low)
  const columns = tickColumns(window, width, cell, density)
  const gap = cell >= 3 * density ? Math.max(1, Math.round(cell * 0.12)) : 0
  for (let step = Math.max(0, first); step < Math.min(index.steps, Math.ceil(window.to)); step++) {
    const left = Math.max(0, columns[(step - first) * 2])
    const right = Math.min(width, columns[(step - first) * 2 + 1])
    const end = index.offsets[step + 1]
    for (let at = lowerBound(index.ids, index.offsets[step], end, lowest); at < end; at++) {
      const neuron = index.ids[at]
      if (neuron >= highest) break
      const bottom = Math.min(height, Math.round(height - (neuron - window.low) * cell))
      const top = Math.max(0, Math.round(height - (neuron + 1 - window.low) * cell) + gap)
      const own = apart.size > 0 ? (apart.get(neuron) ?? colour) : colour
      // Plain loops: a tick is a few pixels wide, for which `fill` costs more than what it fills.
      for (let row = top * width; row < bottom * width; row += width) {
        for (let x = left; x < right; x++) pixels[row + x] = own
      }
    }
  }
}

function paintDensity(
  index: SpikeIndex,
  window: PlotWindow,
  width: number,
  height: number,
  colour: PixelColour,
  pixels: Uint32Array,
): void {
  const across = width / (window.to - window.from)
  const down = height / (window.high - window.low)
  const lowest = Math.floor(window.low)
  const highest = Math.min(index.neurons, Math.ceil(window.high))
  const rows = Math.max(1, Math.floor(down))
  for (let step = Math.max(0, Math.floor(window.from)); step < Math.min(index.steps, window.to); step++) {
    const x = Math.floor((step + 0.5 - window.from) * across)
    if (x < 0 || x >= width) continue
    const end = index.offsets[step + 1]
    for (let at = lowerBound(index.ids, index.offsets[step], end, lowest); at < end; at++) {
      const neuron = index.ids[at]
      if (neuron >= highest) break
      const bottom = Math.ceil(height - (neuron - window.low) * down) - 1
      for (let row = 0; row < rows; row++) {
        const y = bottom - row
        if (y >= 0 && y < height) pixels[y * width + x]++
      }
    }
  }
  const capacity = Math.max(1, 1 / across) * Math.max(1, 1 / down)
  const base = colour & 0x00ffffff
  for (let i = 0; i < pixels.length; i++) {
    if (pixels[i] === 0) continue
    const alpha = Math.round(80 + 175 * Math.sqrt(Math.min(1, pixels[i] / capacity)))
    pixels[i] = ((alpha << 24) | base) >>> 0
  }
}
