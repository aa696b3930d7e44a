import { onBeforeUnmount, onMounted, shallowRef, type ShallowRef } from 'vue'
import { pixelColour, type PixelColour } from './raster/rasterize.ts'

/** Colours and type of a chart, read from the tokens of the style sheet. */
export interface ChartTheme {
  ink: string
  muted: string
  faint: string
  line: string
  lineStrong: string
  grid: string
  panel: string
  accent: string
  accentSoft: string
  warn: string
  spike: string
  truth: string
  predicted: string
  /** Colours that colour-blind people tell apart, for what is compared. */
  series: readonly string[]
  font: string
}

const tokens = {
  ink: '--ink',
  muted: '--muted',
  faint: '--faint',
  line: '--line',
  lineStrong: '--line-strong',
  grid: '--grid',
  panel: '--panel',
  accent: '--accent',
  accentSoft: '--accent-soft',
  warn: '--warn',
  spike: '--spike',
  truth: '--true',
  predicted: '--pred',
} as const

const seriesTokens = ['--c0', '--c1', '--c2', '--c3', '--c4', '--c5', '--c6', '--c7'] as const

/** Reads the tokens as they stand on an element now. */
export function readTheme(element: Element): ChartTheme {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim() || '#808080'
  const colours = Object.fromEntries(Object.entries(tokens).map(([key, name]) => [key, token(name)]))
  return {
    ...(colours as Record<keyof typeof tokens, string>),
    series: seriesTokens.map(token),
    font: getComputedStyle(document.body).fontFamily || 'system-ui, sans-serif',
  }
}

/** The tokens now, and again whenever light becomes dark or the other way round. */
export function useChartTheme(): Readonly<ShallowRef<ChartTheme>> {
  const theme = shallowRef(readTheme(document.documentElement))
  const refresh = () => {
    theme.value = readTheme(document.documentElement)
  }
  const observer = new MutationObserver(refresh)
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  onMounted(() => {
    refresh()
    observer.observe(document.documentElement, {
      attributes: true,
      attributeFilter: ['data-theme', 'class', 'lang'],
    })
    system.addEventListener('change', refresh)
  })
  onBeforeUnmount(() => {
    observer.disconnect()
    system.removeEventListener('change', refresh)
  })
  return theme
}

const parsed = new Map<string, PixelColour>()

/** A CSS colour as image data wants it. */
export function toPixel(colour: string): PixelColour {
  const known = parsed.get(colour)
  if (known !== undefined) return known
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 1
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return pixelColour(128, 128, 128)
  context.fillStyle = colour
  context.fillRect(0, 0, 1, 1)
  const [red, green, blue, alpha] = context.getImageData(0, 0, 1, 1).data
  const pixel = pixelColour(red, green, blue, alpha)
  parsed.set(colour, pixel)
  return pixel
}
