import type {
  Channel,
  ClientMessage,
  EventName,
  RequestName,
  RequestParams,
  RequestResult,
  ServerMessage,
  WorkbenchEvents,
} from '../../src-shared/contract.ts'
import { fromErrorMessage, SpikedeskError } from '../../src-shared/errors/index.ts'

export type PageChannel = Channel<ServerMessage, ClientMessage>
export type BridgeStatus = 'connecting' | 'open' | 'lost'

/** The page's end of the contract. */
export interface Bridge {
  readonly status: BridgeStatus
  /** Asks the workbench; rejects with the SpikedeskError that it answers, or `host.disconnected`. */
  request<Name extends RequestName>(name: Name, params: RequestParams<Name>): Promise<RequestResult<Name>>
  /** Hears an event until the returned function is called. */
  on<Name extends EventName>(name: Name, listener: (data: WorkbenchEvents[Name]) => void): () => void
  /** Hears changes of the connection. After `open`, whatever was missed has to be asked for anew. */
  onStatus(listener: (status: BridgeStatus) => void): () => void
  close(): void
}

interface Pending {
  message: ClientMessage
  resolve(result: unknown): void
  reject(error: SpikedeskError): void
}

const firstRetry = 250
const lastRetry = 4000

/** One client over a channel that it opens itself and opens again, ever less often, when it is lost. */
class BridgeClient implements Bridge {
  status: BridgeStatus = 'connecting'
  private readonly connect: () => Promise<PageChannel>
  private channel: PageChannel | null = null
  private readonly pending = new Map<number, Pending>()
  private readonly listeners = new Map<EventName, Set<(data: never) => void>>()
  private readonly statusListeners = new Set<(status: BridgeStatus) => void>()
  private lastId = 0
  private retry = firstRetry
  private closed = false

  constructor(connect: () => Promise<PageChannel>) {
    this.connect = connect
    this.open()
  }

  request<Name extends RequestName>(name: Name, params: RequestParams<Name>): Promise<RequestResult<Name>> {
    if (this.status === 'lost') return Promise.reject(new SpikedeskError('host.disconnected'))
    return new Promise((resolve, reject) => {
      const message: ClientMessage = { type: 'request', id: ++this.lastId, name, params }
      this.pending.set(message.id, { message, resolve: resolve as (result: unknown) => void, reject })
      this.channel?.post(message)
    })
  }

  on<Name extends EventName>(name: Name, listener: (data: WorkbenchEvents[Name]) => void): () => void {
    const set = this.listeners.get(name) ?? new Set()
    this.listeners.set(name, set)
    set.add(listener)
    return () => set.delete(listener)
  }

  onStatus(listener: (status: BridgeStatus) => void): () => void {
    this.statusListeners.add(listener)
    return () => this.statusListeners.delete(listener)
  }

  close(): void {
    this.closed = true
    this.channel?.close()
  }

  private open(): void {
    this.connect().then(
      (channel) => this.attach(channel),
      () => this.lose(),
    )
  }

  private attach(channel: PageChannel): void {
    if (this.closed) return channel.close()
    this.channel = channel
    this.retry = firstRetry
    channel.onMessage((message) => this.receive(message))
    channel.onClose(() => this.lose())
    for (const { message } of this.pending.values()) channel.post(message)
    this.setStatus('open')
  }

  private receive(message: ServerMessage): void {
    if (message.type === 'event') {
      for (const listener of this.listeners.get(message.name) ?? []) listener(message.data as never)
      return
    }
    const pending = this.pending.get(message.id)
    if (!pending) return
    this.pending.delete(message.id)
    if (message.type === 'response') pending.resolve(message.result)
    else pending.reject(fromErrorMessage(message.error))
  }

  private lose(): void {
    this.channel = null
    this.setStatus('lost')
    for (const { reject } of this.pending.values()) reject(new SpikedeskError('host.disconnected'))
    this.pending.clear()
    if (this.closed) return
    setTimeout(() => this.open(), this.retry)
    this.retry = Math.min(lastRetry, this.retry * 2)
  }

  private setStatus(status: BridgeStatus): void {
    if (this.status === status) return
    this.status = status
    for (const listener of this.statusListeners) listener(status)
  }
}

/** Opens a client at once. Requests made before the first connection wait for it. */
export function createBridge(connect: () => Promise<PageChannel>): Bridge {
  return new BridgeClient(connect)
}
