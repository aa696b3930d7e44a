import { shallowReadonly, shallowRef } from 'vue'

/** The screens, in the order of the work. */
export const screenIds = ['data', 'model', 'train', 'activity', 'inspector', 'runs', 'settings'] as const
export type ScreenId = (typeof screenIds)[number]

export interface Route {
  screen: ScreenId
  query: Record<string, string>
}

/** Reads `#/activity?run=x`; anything unknown leads to the first screen. */
export function parseHash(hash: string): Route {
  const [path, query = ''] = hash.replace(/^#\/?/, '').split('?')
  const screen = screenIds.find((id) => id === path) ?? 'data'
  return { screen, query: Object.fromEntries(new URLSearchParams(query)) }
}

/** Address of a screen, for links. */
export function href(screen: ScreenId, query: Record<string, string | number> = {}): string {
  const text = new URLSearchParams(
    Object.entries(query).map(([key, value]) => [key, String(value)]),
  ).toString()
  return text ? `#/${screen}?${text}` : `#/${screen}`
}

const current = shallowRef<Route>(parseHash(typeof window === 'undefined' ? '' : window.location.hash))

/** What is on screen. */
export const route = shallowReadonly(current)

/** Goes to a screen, as a link would. */
export function go(screen: ScreenId, query?: Record<string, string | number>): void {
  window.location.hash = href(screen, query)
}

/** Follows the address. Call once, at the start. */
export function setupRouter(): void {
  window.addEventListener('hashchange', () => (current.value = parseHash(window.location.hash)))
}
