// @vitest-environment node
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('../../../src-renderer/theme/tokens.css', import.meta.url), 'utf8')
const [light, dark] = css.split("[data-theme='dark']")
const themes = { light, dark }

function tokens(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]),
  )
}

/** Relative luminance, as WCAG 2 defines it. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const grounds = ['panel', 'bg', 'raised', 'sunken', 'accent-soft']
const texts = ['ink', 'muted', 'faint', 'accent']
const pairs = [
  ...texts.flatMap((text) => grounds.map((ground) => [text, ground, 4.5] as const)),
  ...['good', 'warn', 'bad'].flatMap((tone) =>
    ['panel', `${tone}-soft`].map((ground) => [tone, ground, 4.5] as const),
  ),
  ['accent-ink', 'accent', 4.5] as const,
  ['accent-ink', 'accent-hover', 4.5] as const,
  ...['line-control', 'focus', ...Array.from({ length: 8 }, (_, i) => `c${i}`)].map(
    (line) => [line, 'panel', 3] as const,
  ),
]

describe.each(Object.entries(themes))('in the %s theme', (_name, block) => {
  it.each(pairs)('%s stands out from %s by at least %d', (front, ground, least) => {
    const colors = tokens(block)
    expect(contrast(colors[front], colors[ground])).toBeGreaterThanOrEqual(least)
  })
})
