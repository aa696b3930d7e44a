import type { Bridge } from './client.ts'

export type { Bridge, BridgeStatus, PageChannel } from './client.ts'

let current: Bridge | null = null

/** Gives the page its bridge; once at the start, or anew in a test. */
export function provideBridge(bridge: Bridge): void {
  current = bridge
}

/** The page's bridge to the workbench. */
export function useBridge(): Bridge {
  if (!current) throw new Error('provideBridge() has not been called.')
  return current
}
