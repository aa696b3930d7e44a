import { xOf, type PlotFrame, type PlotWindow } from '../raster/coordinator.ts'
import { fitted, paintTimeAxis } from '../raster/painter.ts'
import type { ChartTheme } from '../theme.ts'

/** Everything that a picture of targets depends on. Lengths are CSS pixels. */
export interface TargetScene {
  /** `[T,C]`. */
  values: Float32Array
  steps: number
  names: readonly string[]
  /** The output of the sample's label. */
  label: number
  /** The step on show. */
  step: number
  frame: PlotFrame
  theme: ChartTheme
  stepLabel: string
  /** Device pixels per CSS pixel. */
  density: number
}

const labelSize = 11
/** Between the bars of two outputs. */
const gap = 3

/** The least and the largest value, zero being one of those that count. */
export function valueRange(values: Float32Array): [least: number, most: number] {
  let [least, most] = [0, 0]
  for (const value of values) {
    if (value < least) least = value
    if (value > most) most = value
  }
  return [least, most]
}

/** Paints a row for each output: a bar from zero at each step, in the colour of the truth for the label's. */
export function paintTargets(context: CanvasRenderingContext2D, scene: TargetScene): void {
  const { values, steps, names, label, frame, theme, density } = scene
  context.setTransform(density, 0, 0, density, 0, 0)
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  const window: PlotWindow = { from: 0, to: steps, low: 0, high: names.length }
  const slot = frame.width / steps
  const row = frame.height / names.length
  const [least, most] = valueRange(values)
  const tall = Math.max(1, row - gap)
  const scale = most > least ? tall / (most - least) : 0
  const bar = Math.max(1 / density, slot >= 6 ? slot - 2 : slot * 0.7)

  context.fillStyle = theme.accentSoft
  context.fillRect(xOf(window, frame, scene.step), frame.top, Math.max(1, slot), frame.height)
  context.lineWidth = 1 / density
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  names.forEach((name, output) => {
    const own = output === label
    const zero = frame.top + output * row + gap / 2 + most * scale
    context.fillStyle = theme.line
    context.fillRect(frame.left, zero - 0.5 / density, frame.width, 1 / density)
    context.fillStyle = own ? theme.truth : theme.muted
    for (let step = 0; step < steps; step++) {
      const height = values[step * names.length + output] * scale
      if (height === 0) continue
      const left = xOf(window, frame, step) + (slot - bar) / 2
      context.fillRect(left, height > 0 ? zero - height : zero, bar, Math.max(1 / density, Math.abs(height)))
    }
    if (row < labelSize && !own && output % Math.ceil(labelSize / row) !== 0) return
    context.fillStyle = own ? theme.ink : theme.muted
    context.font = `${own ? 600 : 400} ${labelSize}px ${theme.font}`
    context.fillText(fitted(context, name, frame.left - 10), frame.left - 7, frame.top + (output + 0.5) * row)
  })
  context.font = `10.5px ${theme.font}`
  paintTimeAxis(context, { ...scene, window }, frame)
}
