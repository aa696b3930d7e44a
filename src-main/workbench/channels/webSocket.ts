import type { WebSocket } from 'ws'
import type { Channel, ServerMessage } from '../../../src-shared/contract.ts'
import { toErrorMessage } from '../../../src-shared/errors/index.ts'
import { FrameReader, maxFrameBytes, packMessage, splitMessage } from '../../../src-shared/frames.ts'

/**
 * Bytes that may wait for a page that does not read. Beyond them the page is cut off; it connects again and asks
 * for the history, so that nothing is lost and nothing piles up here.
 */
const mostWaiting = 64 << 20

/** Bytes of a WebSocket message, whatever `ws` made of it. */
function bytesOf(data: Buffer | ArrayBuffer | Buffer[]): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}

/**
 * The workbench's end of a page's WebSocket. Carries frames of `src-shared/frames.ts`, one a message. A frame
 * that cannot be read is answered by a failure with id 0; one above 1 MiB closes the socket (code 1009, by `ws`).
 */
export function webSocketChannel(socket: WebSocket): Channel<unknown, ServerMessage> {
  const reader = new FrameReader(maxFrameBytes)
  const listeners: ((message: unknown) => void)[] = []

  function post(message: ServerMessage): void {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > mostWaiting) {
      socket.terminate()
      return
    }
    for (const frame of splitMessage(packMessage(message))) socket.send(frame)
  }

  socket.on('message', (data) => {
    try {
      const read = reader.accept(bytesOf(data))
      if (read) for (const listener of listeners) listener(read.message)
    } catch (thrown) {
      post({ type: 'failure', id: 0, error: toErrorMessage(thrown) })
    }
  })
  socket.on('error', () => socket.terminate())
  return {
    post,
    onMessage: (listener) => listeners.push(listener),
    onClose: (listener) => socket.on('close', listener),
    close: () => socket.close(1001),
  }
}
