import type { Channel, ClientMessage, ServerMessage } from '../../../src-shared/contract.ts'

/** What Electron puts on `process` inside a utility process. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
  on(event: 'close', listener: () => void): void
}

/** A compute process's end of the channel to whoever forked it; null where nobody did. */
export function parentChannel(): Channel<ClientMessage, ServerMessage> | null {
  const port = (process as { parentPort?: ParentPort }).parentPort
  if (port) {
    return {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data as ClientMessage)),
      onClose: (listener) => port.on('close', listener),
      close: () => process.exit(0),
    }
  }
  if (!process.send) return null
  return {
    post(message) {
      if (process.connected) process.send?.(message)
    },
    onMessage: (listener) => process.on('message', (message) => listener(message as ClientMessage)),
    onClose: (listener) => process.on('disconnect', listener),
    close: () => process.disconnect(),
  }
}
