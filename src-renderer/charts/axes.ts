import type { ChartTheme } from './theme.ts'

/** What the axes of all charts have in common: hairlines, faint numbers, no ticks. */
export function axisStyle(theme: ChartTheme) {
  return {
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { color: theme.muted, fontSize: 10.5, fontFamily: theme.font },
    splitLine: { show: true, lineStyle: { color: theme.grid, width: 1 } },
    nameTextStyle: { color: theme.muted, fontSize: 10.5, fontFamily: theme.font },
  }
}

/** Beside the crosshair, at the top, so that it never lies on what is being read. */
function besideCrosshair(
  [x]: [number, number],
  _params: unknown,
  _element: unknown,
  _rect: unknown,
  size: { contentSize: [number, number]; viewSize: [number, number] },
): [number, number] {
  const [width] = size.contentSize
  const right = x + 14
  return [right + width <= size.viewSize[0] ? right : Math.max(0, x - width - 14), 8]
}

/** What a tooltip looks like; its content is an element made by `tooltipElement`. */
export function tooltipStyle(theme: ChartTheme) {
  return {
    confine: true,
    position: besideCrosshair,
    transitionDuration: 0,
    backgroundColor: theme.panel,
    borderColor: theme.lineStrong,
    borderWidth: 1,
    padding: [6, 9],
    extraCssText: 'box-shadow:none;border-radius:6px',
    textStyle: { color: theme.ink, fontSize: 12, fontFamily: theme.font },
  }
}

/** A line of a tooltip: a name, its value, and the colour of its series where it has one. */
export interface TooltipRow {
  name: string
  value: string
  colour?: string
}

/** Builds a tooltip out of text alone; no markup is ever parsed, whatever a name contains. */
export function tooltipElement(title: string, rows: readonly TooltipRow[]): HTMLElement {
  const root = document.createElement('div')
  root.className = 'chart-tip'
  const heading = document.createElement('strong')
  heading.textContent = title
  root.append(heading)
  for (const { name, value, colour } of rows) {
    const row = document.createElement('div')
    const mark = document.createElement('i')
    if (colour) mark.style.background = colour
    const label = document.createElement('span')
    label.textContent = name
    const number = document.createElement('b')
    number.textContent = value
    row.append(mark, label, number)
    root.append(row)
  }
  return root
}

/** 1, 2 or 5 times a power of ten, as small as possible but at least `rough`. */
export function niceStep(rough: number): number {
  if (!(rough > 0) || !Number.isFinite(rough)) return 1
  const power = 10 ** Math.floor(Math.log10(rough))
  return [1, 2, 5].map((m) => m * power).find((step) => step >= rough * 0.999999) ?? power * 10
}

export interface ValueAxis {
  min: number
  max: number
  ticks: number[]
}

/** Limits and ticks for values in `[low, high]`; starts at zero unless the values use little of the axis then. */
export function linearAxis(low: number, high: number, wanted: number): ValueAxis {
  if (!(high > low)) {
    const around = Number.isFinite(low) ? low : 0
    return linearAxis(Math.min(0, around), Math.max(around, 0) || 1, wanted)
  }
  const base = low >= 0 && low < high * 0.6 ? 0 : low
  const step = niceStep((high - base) / Math.max(1, wanted))
  const first = Math.floor(base / step + 1e-9)
  const last = Math.ceil(high / step - 1e-9)
  const ticks = Array.from({ length: last - first + 1 }, (_, i) =>
    Number(((first + i) * step).toPrecision(12)),
  )
  return { min: ticks[0], max: ticks[ticks.length - 1], ticks }
}

/** The same for a logarithmic axis, in powers of ten: the values' logarithms, with ticks at 1, 2 and 5. */
export function logAxis(low: number, high: number): ValueAxis {
  const smallest = low > 0 ? low : 1e-6
  const largest = high > smallest ? high : smallest * 10
  const decades = Math.log10(largest / smallest)
  const multiples = decades > 4 ? [1] : decades > 2 ? [1, 3] : [1, 2, 5]
  const candidates: number[] = []
  for (
    let power = Math.floor(Math.log10(smallest)) - 1;
    power <= Math.ceil(Math.log10(largest)) + 1;
    power++
  ) {
    for (const multiple of multiples) candidates.push(Math.log10(multiple) + power)
  }
  const from = Math.log10(smallest)
  const to = Math.log10(largest)
  const min = candidates.filter((tick) => tick <= from + 1e-9).at(-1) ?? from
  const max = candidates.find((tick) => tick >= to - 1e-9) ?? to
  return { min, max, ticks: candidates.filter((tick) => tick >= min - 1e-9 && tick <= max + 1e-9) }
}
