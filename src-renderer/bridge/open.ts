import type { FileToOpen } from '../../src-shared/fileScreens.ts'
import { createBridge, type Bridge } from './client.ts'
import { connectElectron } from './electron.ts'
import { connectWebSocket } from './webSocket.ts'

/** Opens the bridge of the host that the page runs in: the preload's channel, else the WebSocket it was served with. */
export function openBridge(): Bridge {
  const preload = window.spikedesk
  if (preload) return createBridge(() => connectElectron(preload))
  const address = new URL('channel', window.location.href)
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  address.hash = ''
  address.search = ''
  return createBridge(() => connectWebSocket(address.href))
}

/** Hears the commands that the host's own menu orders; browsers order none. */
export function onMenuCommand(listener: (id: string) => void): void {
  window.spikedesk?.onCommand?.(listener)
}

/** Hears of the files that the host has been given; browsers give none. */
export function onFileToOpen(listener: (file: FileToOpen) => void): void {
  window.spikedesk?.onOpen?.(listener)
}

/** Whether the host has a dialogue of its own for saving, `saving.choose`; browsers download. */
export function hostSaves(): boolean {
  return window.spikedesk !== undefined
}

/** Where a dropped file lies; null where the host does not say, as browsers do not. */
export function pathOfFile(file: File): string | null {
  return window.spikedesk?.pathForFile?.(file) || null
}
