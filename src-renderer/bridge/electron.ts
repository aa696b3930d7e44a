import type { Channel, ClientMessage, ServerMessage } from '../../src-shared/contract.ts'
import type { FileToOpen } from '../../src-shared/fileScreens.ts'
import type { PageChannel } from './client.ts'

/** What the preload puts before the page: the channel, commands of the menu, files to open, and the path of a dropped file. */
export interface PreloadBridge {
  post: Channel<ServerMessage, ClientMessage>['post']
  onMessage: Channel<ServerMessage, ClientMessage>['onMessage']
  onClose?: Channel<ServerMessage, ClientMessage>['onClose']
  onCommand?(listener: (id: string) => void): void
  onOpen?(listener: (file: FileToOpen) => void): void
  pathForFile?(file: File): string
}

declare global {
  interface Window {
    spikedesk?: PreloadBridge
  }
}

/** The channel of the Electron shell. It lives as long as the window. */
export function connectElectron(preload: PreloadBridge): Promise<PageChannel> {
  return Promise.resolve({
    post: (message) => preload.post(message),
    onMessage: (listener) => preload.onMessage(listener),
    onClose: (listener) => preload.onClose?.(listener),
    close: () => undefined,
  })
}
