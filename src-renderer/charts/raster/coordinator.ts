/**
 * Which part of time and of the neurons a plot shows, and where a step or a neuron stands on it. Pure: windows
 * go in, windows come out; pixels are CSS pixels. Step `t` covers `[t, t + 1)`, neuron `n` covers `[n, n + 1)`;
 * neuron 0 is at the bottom.
 */

export interface Extent {
  steps: number
  neurons: number
}

export interface PlotWindow {
  from: number
  to: number
  low: number
  high: number
}

/** The rectangle that the spikes are drawn in. */
export interface PlotFrame {
  left: number
  top: number
  width: number
  height: number
}

export interface ZoomAxes {
  time: boolean
  neurons: boolean
}

/** Nothing smaller than this many steps or neurons is ever shown. */
const smallest = 2

export function fullWindow(extent: Extent): PlotWindow {
  return { from: 0, to: Math.max(1, extent.steps), low: 0, high: Math.max(1, extent.neurons) }
}

/** Keeps `[from, to)` inside `[0, size)` without changing its length where it fits. */
function inside(from: number, to: number, size: number): [number, number] {
  const length = Math.min(Math.max(to - from, Math.min(smallest, size)), size)
  if (length > size * (1 - 1e-9)) return [0, size]
  const start = Math.min(Math.max(from, 0), size - length)
  return [start, start + length]
}

/** The window moved and cut so that it lies inside the extent. */
export function clampWindow(window: PlotWindow, extent: Extent): PlotWindow {
  const [from, to] = inside(window.from, window.to, Math.max(1, extent.steps))
  const [low, high] = inside(window.low, window.high, Math.max(1, extent.neurons))
  return { from, to, low, high }
}

/** Zooms by `factor` (below 1 is closer) so that the given step and neuron stay where they are. */
export function zoomWindow(
  window: PlotWindow,
  extent: Extent,
  factor: number,
  at: { step: number; neuron: number },
  axes: ZoomAxes,
): PlotWindow {
  const time = axes.time ? bounded(factor, window.to - window.from, extent.steps) : 1
  const neurons = axes.neurons ? bounded(factor, window.high - window.low, extent.neurons) : 1
  return clampWindow(
    {
      from: at.step - (at.step - window.from) * time,
      to: at.step + (window.to - at.step) * time,
      low: at.neuron - (at.neuron - window.low) * neurons,
      high: at.neuron + (window.high - at.neuron) * neurons,
    },
    extent,
  )
}

/** The factor that really applies: a zoom stops at the smallest window and at the whole. */
function bounded(factor: number, length: number, size: number): number {
  const wanted = Math.min(Math.max(length * factor, Math.min(smallest, size)), Math.max(1, size))
  return wanted / length
}

export function panWindow(window: PlotWindow, extent: Extent, steps: number, neurons: number): PlotWindow {
  return clampWindow(
    {
      from: window.from + steps,
      to: window.to + steps,
      low: window.low + neurons,
      high: window.high + neurons,
    },
    extent,
  )
}

export function isFull(window: PlotWindow, extent: Extent): boolean {
  const full = fullWindow(extent)
  return (
    window.from <= full.from && window.to >= full.to && window.low <= full.low && window.high >= full.high
  )
}

/** Step (fractional) at a horizontal position. */
export function stepAt(window: PlotWindow, frame: PlotFrame, x: number): number {
  return window.from + ((x - frame.left) / frame.width) * (window.to - window.from)
}

/** Neuron (fractional) at a vertical position. */
export function neuronAt(window: PlotWindow, frame: PlotFrame, y: number): number {
  return window.low + ((frame.top + frame.height - y) / frame.height) * (window.high - window.low)
}

/** Horizontal position of a (fractional) step. */
export function xOf(window: PlotWindow, frame: PlotFrame, step: number): number {
  return frame.left + ((step - window.from) / (window.to - window.from)) * frame.width
}

/** Vertical position of a (fractional) neuron. */
export function yOf(window: PlotWindow, frame: PlotFrame, neuron: number): number {
  return frame.top + frame.height - ((neuron - window.low) / (window.high - window.low)) * frame.height
}

/** Whole numbers for an axis from `from` to `to` with room for about `wanted` of them: 1, 2 or 5 · 10ⁿ apart. */
export function integerTicks(from: number, to: number, wanted: number): number[] {
  const rough = Math.max(1, (to - from) / Math.max(1, wanted))
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((m) => m * power).find((candidate) => candidate >= rough) ?? power * 10
  const ticks: number[] = []
  for (let tick = Math.ceil(from / step) * step; tick <= to; tick += step) ticks.push(tick)
  return ticks
}
