import { readonly, ref, watch, type Ref } from 'vue'

/** What somebody chose; `system` follows the desktop. */
export type ThemeChoice = 'light' | 'dark' | 'system'
export type Theme = 'light' | 'dark'

const active = ref<Theme>('light')
const choice = ref<ThemeChoice>('system')

/** The theme on screen. Charts and canvases read their colours again when it changes. */
export const theme: Readonly<Ref<Theme>> = readonly(active)

/** Chooses the theme; takes effect at once. */
export function chooseTheme(wanted: ThemeChoice): void {
  choice.value = wanted
}

/** Follows the desktop's theme and writes the one on screen to the document. Call once, at the start. */
export function setupTheme(): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)')
  const decide = (): void => {
    const next = choice.value === 'system' ? (dark.matches ? 'dark' : 'light') : choice.value
    document.documentElement.dataset.theme = next
    active.value = next
  }
  dark.addEventListener('change', decide)
  watch(choice, decide, { immediate: true, flush: 'sync' })
}

/** Names of the tokens in `tokens.css` that canvases and charts use. */
export type ColorToken =
  | 'bg'
  | 'panel'
  | 'raised'
  | 'sunken'
  | 'line'
  | 'line-strong'
  | 'ink'
  | 'muted'
  | 'faint'
  | 'accent'
  | 'accent-soft'
  | 'good'
  | 'warn'
  | 'bad'
  | 'grid'
  | 'spike'
  | 'true'
  | 'pred'
  | 'c0'
  | 'c1'
  | 'c2'
  | 'c3'
  | 'c4'
  | 'c5'
  | 'c6'
  | 'c7'

/** Read once a theme: asking the browser has it work out the style of the whole page. */
const known = new Map<string, string>()

/** A token's colour in the theme on screen, as CSS text; follows the theme where it is called while rendering. */
export function color(token: ColorToken): string {
  const key = `${active.value} ${token}`
  const found = known.get(key)
  if (found !== undefined) return found
  const read = getComputedStyle(document.documentElement).getPropertyValue(`--${token}`).trim()
  if (read !== '') known.set(key, read)
  return read
}
