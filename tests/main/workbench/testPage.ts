import WebSocket from 'ws'
import type {
  EventName,
  RequestName,
  RequestParams,
  RequestResult,
  ServerMessage,
  WorkbenchEvents,
} from '../../../src-shared/contract.ts'
import { fromErrorMessage } from '../../../src-shared/errors/index.ts'
import { FrameReader, packMessage } from '../../../src-shared/frames.ts'

type EventMessage = Extract<ServerMessage, { type: 'event' }>

/** What a page does: requests and events over a real WebSocket. */
export class TestPage {
  readonly socket: WebSocket
  readonly events: EventMessage[] = []
  readonly #pending = new Map<number, (message: ServerMessage) => void>()
  readonly #watchers = new Set<() => void>()
  #lastId = 0

  private constructor(socket: WebSocket) {
    this.socket = socket
    const reader = new FrameReader()
    socket.on('message', (data: Buffer) => {
      const read = reader.accept(data)
      if (read) this.#receive(read.message as ServerMessage)
    })
  }

  /** Opens the page at the address that the host printed, as a browser does: token, cookie, channel. */
  static async open(url: string): Promise<TestPage> {
    const entry = await fetch(url, { redirect: 'manual' })
    const cookie = (entry.headers.get('set-cookie') ?? '').split(';')[0]
    const { host, origin } = new URL(url)
    const socket = new WebSocket(`ws://${host}/channel`, { headers: { cookie, origin } })
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    return new TestPage(socket)
  }

  async request<Name extends RequestName>(
    name: Name,
    params: RequestParams<Name>,
  ): Promise<RequestResult<Name>> {
    const answer = await this.send({ type: 'request', id: ++this.#lastId, name, params })
    if (answer.type === 'failure') throw fromErrorMessage(answer.error)
    return (answer as { result: RequestResult<Name> }).result
  }

  /** Sends anything at all; resolves with the answer to its id, or to id 0. */
  send(message: unknown): Promise<ServerMessage> {
    const id = (message as { id?: number } | null)?.id
    return this.sendBytes(packMessage(message), Number.isInteger(id) ? id : 0)
  }

  sendBytes(bytes: Uint8Array, id = 0): Promise<ServerMessage> {
    return new Promise((resolve) => {
      this.#pending.set(id, resolve)
      this.socket.send(bytes)
    })
  }

  /** The first event, past or to come, that `fits`. */
  async event<Name extends EventName>(
    name: Name,
    fits: (data: WorkbenchEvents[Name]) => boolean,
  ): Promise<WorkbenchEvents[Name]> {
    for (;;) {
      const found = this.events.find(
        (event) => event.name === name && fits(event.data as WorkbenchEvents[Name]),
      )
      if (found) return found.data as WorkbenchEvents[Name]
      await new Promise<void>((resolve) => this.#watchers.add(resolve))
    }
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      if (this.socket.readyState === WebSocket.CLOSED) return resolve()
      this.socket.once('close', () => resolve())
      this.socket.close()
    })
  }

  #receive(message: ServerMessage): void {
    if (message.type === 'event') {
      this.events.push(message)
      for (const watcher of this.#watchers) watcher()
      this.#watchers.clear()
    } else {
      this.#pending.get(message.id)?.(message)
      this.#pending.delete(message.id)
    }
  }
}
