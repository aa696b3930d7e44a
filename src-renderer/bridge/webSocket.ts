import type { ServerMessage } from '../../src-shared/contract.ts'
import { FrameReader, packMessage } from '../../src-shared/frames.ts'
import type { PageChannel } from './client.ts'

/** Opens the channel of the browser host: frames over a WebSocket at `url`. Rejects where it cannot be opened. */
export function connectWebSocket(url: string): Promise<PageChannel> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', () => resolve(channelOver(socket)))
    socket.addEventListener('error', () => reject(new Error(`No connection to ${url}.`)))
  })
}

function channelOver(socket: WebSocket): PageChannel {
  const reader = new FrameReader()

  /** A message that is complete, or null. After a frame that cannot be read nothing can be trusted: begin anew. */
  function read(frame: Uint8Array): ServerMessage | null {
    try {
      return (reader.accept(frame)?.message as ServerMessage | undefined) ?? null
    } catch (error) {
      console.error(error)
      socket.close()
      return null
    }
  }

  return {
    post: (message) => socket.send(packMessage(message) as Uint8Array<ArrayBuffer>),
    onMessage(listener) {
      socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (!(data instanceof ArrayBuffer)) return
        const message = read(new Uint8Array(data))
        if (message) listener(message)
      })
    },
    onClose: (listener) => socket.addEventListener('close', listener),
    close: () => socket.close(),
  }
}
