import type { Channel } from '../../../src-shared/contract.ts'

interface End<Incoming> {
  messages: ((message: Incoming) => void)[]
  closes: (() => void)[]
}

/**
 * Two ends of a channel inside one process. Messages are copied and arrive after the call, in order, as they do
 * between processes.
 */
export function inProcessChannels<A, B>(): [Channel<A, B>, Channel<B, A>] {
  const first: End<A> = { messages: [], closes: [] }
  const second: End<B> = { messages: [], closes: [] }
  let open = true

  function end<Incoming, Outgoing>(own: End<Incoming>, other: End<Outgoing>): Channel<Incoming, Outgoing> {
    return {
      post(message) {
        const copy = structuredClone(message)
        queueMicrotask(() => {
          if (open) for (const listener of other.messages) listener(copy)
        })
      },
      onMessage: (listener) => own.messages.push(listener),
      onClose: (listener) => own.closes.push(listener),
      close() {
        if (!open) return
        open = false
        for (const listener of [...own.closes, ...other.closes]) queueMicrotask(listener)
      },
    }
  }
  return [end(first, second), end(second, first)]
}
