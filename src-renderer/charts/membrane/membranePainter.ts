import { linearAxis } from '../axes.ts'
import { axisNumber, tickDecimals } from '../numbers.ts'
import { paintTimeAxis } from '../raster/painter.ts'
import { xOf, type PlotFrame, type PlotWindow } from '../raster/coordinator.ts'
import type { ChartTheme } from '../theme.ts'

/** One neuron's potential over time. */
export interface MembraneTrace {
  neuron: number
  colour: string
  /** Membrane potential at each step, `[T]`. */
  potential: Float32Array
  /** Steps at which it fires. */
  spikes: readonly number[]
}

export interface MembraneScene {
  traces: readonly MembraneTrace[]
  threshold: number
  window: PlotWindow
  frame: PlotFrame
  theme: ChartTheme
  stepLabel: string
  density: number
}

/** Height of the row of spike marks of one neuron, in CSS pixels. */
export const markRow = 9

/** The membrane of one neuron out of `[T,N]`. */
export function potentialOf(
  membrane: Float32Array,
  steps: number,
  neurons: number,
  neuron: number,
): Float32Array {
  return Float32Array.from({ length: steps }, (_, step) => membrane[step * neurons + neuron])
}

/** Smallest and largest potential that the window shows, the threshold and zero included. */
export function potentialRange(
  scene: Pick<MembraneScene, 'traces' | 'threshold' | 'window'>,
): [number, number] {
  let low = Math.min(0, scene.threshold)
  let high = Math.max(0, scene.threshold)
  const first = Math.max(0, Math.floor(scene.window.from))
  for (const { potential } of scene.traces) {
    for (let step = first; step < Math.min(potential.length, Math.ceil(scene.window.to)); step++) {
      if (potential[step] < low) low = potential[step]
      if (potential[step] > high) high = potential[step]
    }
  }
  return [low, high + (high - low) * 0.06]
}

/** Paints axes, threshold, one line per neuron, and its spikes as marks above the lines. */
export function paintMembrane(context: CanvasRenderingContext2D, scene: MembraneScene): void {
  const { density, theme, frame, window, traces, threshold } = scene
  context.setTransform(density, 0, 0, density, 0, 0)
  context.clearRect(0, 0, context.canvas.width, context.canvas.height)
  context.font = `10.5px ${theme.font}`
  context.lineWidth = 1 / density
  const marks = Math.max(1, traces.length) * markRow + 4
  const plot = { ...frame, top: frame.top + marks, height: Math.max(1, frame.height - marks) }
  const axis = linearAxis(...potentialRange(scene), plot.height / 34)
  const y = (value: number) => plot.top + plot.height * (1 - (value - axis.min) / (axis.max - axis.min))
  paintValueAxis(context, scene, plot, axis.ticks, y)
  context.save()
  context.beginPath()
  context.rect(plot.left, frame.top, plot.width, frame.height)
  context.clip()
  for (const trace of traces) paintLine(context, trace, window, plot, y)
  traces.forEach((trace, row) => paintMarks(context, trace, window, plot, frame.top + row * markRow))
  context.restore()
  paintThreshold(context, theme, plot, y(threshold))
  paintTimeAxis(context, scene, plot)
}

function paintValueAxis(
  context: CanvasRenderingContext2D,
  { theme, density }: MembraneScene,
  plot: PlotFrame,
  ticks: readonly number[],
  y: (value: number) => number,
): void {
  const decimals = tickDecimals(ticks)
  context.textAlign = 'right'
  context.textBaseline = 'middle'
  context.strokeStyle = theme.grid
  context.fillStyle = theme.muted
  context.beginPath()
  for (const tick of ticks) {
    const at = (Math.round(y(tick) * density) + 0.5) / density
    context.moveTo(plot.left, at)
    context.lineTo(plot.left + plot.width, at)
    context.fillText(axisNumber(tick, decimals), plot.left - 7, y(tick))
  }
  context.stroke()
}

function paintLine(
  context: CanvasRenderingContext2D,
  trace: MembraneTrace,
  window: PlotWindow,
  plot: PlotFrame,
  y: (value: number) => number,
): void {
  const first = Math.max(0, Math.floor(window.from) - 1)
  const last = Math.min(trace.potential.length, Math.ceil(window.to) + 1)
  context.strokeStyle = trace.colour
  context.fillStyle = trace.colour
  context.lineWidth = 1.6
  context.lineJoin = 'round'
  context.beginPath()
  for (let step = first; step < last; step++) {
    context.lineTo(xOf(window, plot, step + 0.5), y(trace.potential[step]))
  }
  context.stroke()
  if (plot.width / (window.to - window.from) < 12) return
  for (let step = first; step < last; step++) {
    context.beginPath()
    context.arc(xOf(window, plot, step + 0.5), y(trace.potential[step]), 2, 0, 2 * Math.PI)
    context.fill()
  }
}

function paintMarks(
  context: CanvasRenderingContext2D,
  trace: MembraneTrace,
  window: PlotWindow,
  plot: PlotFrame,
  top: number,
): void {
  context.fillStyle = trace.colour
  for (const step of trace.spikes) context.fillRect(xOf(window, plot, step + 0.5) - 1, top, 2, markRow - 2)
}

function paintThreshold(
  context: CanvasRenderingContext2D,
  theme: ChartTheme,
  plot: PlotFrame,
  at: number,
): void {
  context.strokeStyle = theme.warn
  context.lineWidth = 1
  context.setLineDash([4, 3])
  context.beginPath()
  context.moveTo(plot.left, at)
  context.lineTo(plot.left + plot.width, at)
  context.stroke()
  context.setLineDash([])
  context.fillStyle = theme.warn
  context.textAlign = 'left'
  context.textBaseline = 'bottom'
  context.fillText('θ', plot.left + 4, at - 2)
}
