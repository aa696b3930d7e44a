import type { SpikeBits } from '../../../src-shared/spikeBits.ts'
import { axisNumber } from '../numbers.ts'
import type { ChartTheme } from '../theme.ts'
import { toPixel } from '../theme.ts'
import { integerTicks, xOf, yOf, type PlotFrame, type PlotWindow } from './coordinator.ts'
import { rasterizeSpikes, type NeuronColours } from './rasterize.ts'

/** Everything that a picture of a raster depends on. Lengths are CSS pixels. */
export interface RasterScene {
  spikes: SpikeBits
  window: PlotWindow
  frame: PlotFrame
  /** Where the spikes per step stand; null leaves them out. */
  histogram: PlotFrame | null
  /** Spikes of each step among the visible neurons. */
  perStep: Uint32Array
  theme: ChartTheme
  /** Names of the neurons where they have any, e.g. the classes. */
  names: readonly string[]
  apart: NeuronColours
  stepLabel: string
  /** Device pixels per CSS pixel. */
  density: number
}

const labelSize = 10.5

/** Crisp position of a hairline. */
function crisp(position: number, density: number): number {
  return (Math.round(position * density) + 0.5) / density
}

/** The spikes of a raster in device pixels. It is kept from picture to picture: room for millions of pixels is dear. */
export class SpikeImage {
  #data = new ImageData(1, 1)
  #pixels = new Uint32Array(this.#data.data.buffer)

  /** The spikes of a scene in its frame. */
  of({ frame, density, spikes, window, theme, apart }: RasterScene): ImageData {
    const width = Math.max(1, Math.round(frame.width * density))
    const height = Math.max(1, Math.round(frame.height * density))
    if (this.#data.width !== width || this.#data.height !== height) {
      this.#data = new ImageData(width, height)
      this.#pixels = new Uint32Array(this.#data.data.buffer)
    }
    rasterizeSpikes(spikes, window, width, height, density, toPixel(theme.spike), apart, this.#pixels)
    return this.#data
  }
}

/** Paints spikes, the grid behind them, histogram and axes. `image` is the painter's own, kept between calls. */
export function paintRaster(context: CanvasRenderingContext2D, image: SpikeImage, scene: RasterScene): void {
  const { density, theme, frame } = scene
  context.setTransform(density, 0, 0, density, 0, 0)
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  context.putImageData(image.of(scene), Math.round(frame.left * density), Math.round(frame.top * density))
  context.font = `${labelSize}px ${theme.font}`
  context.lineWidth = 1 / density
  paintNeuronAxis(context, scene)
  if (scene.histogram) paintHistogram(context, scene, scene.histogram)
  paintTimeAxis(context, scene, scene.histogram ?? frame)
}

function paintNeuronAxis(context: CanvasRenderingContext2D, scene: RasterScene): void {
  const { frame, window, theme, density, names } = scene
  const cell = frame.height / (window.high - window.low)
  const named = names.length > 0 && cell >= labelSize + 1
  const room = frame.height / (labelSize * 3.2)
  const ticks = named
    ? integerTicks(Math.ceil(window.low), Math.ceil(window.high) - 1, names.length)
    : integerTicks(window.low, window.high, room)
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  context.strokeStyle = theme.grid
  context.globalCompositeOperation = 'destination-over'
  context.beginPath()
  for (const tick of ticks) {
    const y = crisp(yOf(window, frame, tick), density)
    context.moveTo(frame.left, y)
    context.lineTo(frame.left + frame.width, y)
  }
  context.stroke()
  context.globalCompositeOperation = 'source-over'
  for (const tick of ticks) {
    const middle = yOf(window, frame, named || cell > labelSize ? tick + 0.5 : tick)
    if (middle < frame.top - 1 || middle > frame.top + frame.height + 1) continue
    context.fillStyle = theme.muted
    const text = named ? (names[tick] ?? String(tick)) : axisNumber(tick)
    context.fillText(fitted(context, text, frame.left - 10), frame.left - 7, middle)
  }
}

/** The text, cut at its end where it is wider than the room. */
export function fitted(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text
  let length = text.length - 1
  while (length > 1 && context.measureText(`${text.slice(0, length)}…`).width > room) length--
  return `${text.slice(0, length)}…`
}

function paintHistogram(context: CanvasRenderingContext2D, scene: RasterScene, frame: PlotFrame): void {
  const { window, perStep, theme, density } = scene
  const first = Math.max(0, Math.floor(window.from))
  const last = Math.min(perStep.length, Math.ceil(window.to))
  let most = 1
  for (let step = first; step < last; step++) if (perStep[step] > most) most = perStep[step]
  context.save()
  context.beginPath()
  context.rect(frame.left, frame.top, frame.width, frame.height)
  context.clip()
  context.fillStyle = theme.lineStrong
  const cell = frame.width / (window.to - window.from)
  const gap = cell >= 4 ? 1 : 0
  for (let step = first; step < last; step++) {
    if (perStep[step] === 0) continue
    const left = Math.round(xOf(window, frame, step) * density) / density
    const right = Math.round(xOf(window, frame, step + 1) * density) / density
    const height = Math.max(1, (perStep[step] / most) * (frame.height - 1))
    context.fillRect(
      left,
      frame.top + frame.height - height,
      Math.max(1 / density, right - left - gap),
      height,
    )
  }
  context.restore()
  context.fillStyle = theme.muted
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  context.fillText(axisNumber(most), frame.left - 7, frame.top + labelSize / 2)
  context.fillText('0', frame.left - 7, frame.top + frame.height - labelSize / 2 + 2)
}

/** Time axis under `frame`: a hairline, step numbers under the middle of their step, and its name. */
export function paintTimeAxis(
  context: CanvasRenderingContext2D,
  scene: Pick<RasterScene, 'window' | 'theme' | 'density' | 'stepLabel'>,
  frame: PlotFrame,
): void {
  const { window, theme, density, stepLabel } = scene
  const bottom = crisp(frame.top + frame.height, density)
  context.strokeStyle = theme.lineStrong
  context.beginPath()
  context.moveTo(frame.left, bottom)
  context.lineTo(frame.left + frame.width, bottom)
  context.stroke()
  context.textBaseline = 'top'
  context.textAlign = 'right'
  context.fillStyle = theme.muted
  const right = frame.left + frame.width
  context.fillText(stepLabel, right, frame.top + frame.height + 5)
  const taken = right - context.measureText(stepLabel).width - 8
  context.textAlign = 'center'
  for (const tick of integerTicks(window.from - 0.5, window.to - 0.5, frame.width / 56)) {
    const x = xOf(window, frame, tick + 0.5)
    const half = context.measureText(axisNumber(tick)).width / 2
    if (x + half < taken && x >= frame.left)
      context.fillText(axisNumber(tick), x, frame.top + frame.height + 5)
  }
}
