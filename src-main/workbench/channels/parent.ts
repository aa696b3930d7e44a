import type { Channel, ClientMessage, ServerMessage } from '../../../src-shared/contract.ts'

/** What Electron puts on `process` inside a utility process. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: unknown }) => void): void
}

/** A compute process's end of the channel to whoever forked it; null where nobody did. */
export function parentChannel(): Channel<ClientMessage, ServerMessage> | null {
  const port = Reflect.get(process, 'parentPort') as ParentPort | undefined
  if (port) {
    return {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', ({ data }) => listener(data as ClientMessage)),
      // Electron itself ends a utility process whose main process is gone.
      onClose: () => undefined,
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
