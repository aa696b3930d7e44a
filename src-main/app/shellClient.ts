import type {
  ClientMessage,
  EventName,
  RequestName,
  RequestParams,
  RequestResult,
  ServerMessage,
  WorkbenchEvents,
} from '../../src-shared/contract.ts'
import { fromErrorMessage } from '../../src-shared/errors/index.ts'
import { inProcessChannels } from '../workbench/channels/inProcess.ts'
import type { Workbench } from '../workbench/workbench.ts'

interface Pending {
  resolve(result: unknown): void
  reject(error: unknown): void
}

/** The shell's own seat at the workbench: it asks and hears exactly what a page could. */
export class ShellClient {
  readonly #post: (message: ClientMessage) => void
  readonly #pending = new Map<number, Pending>()
  readonly #listeners = new Map<EventName, ((data: never) => void)[]>()
  #lastId = 0

  constructor(workbench: Pick<Workbench, 'connect'>) {
    const [ours, theirs] = inProcessChannels<ServerMessage, ClientMessage>()
    this.#post = (message) => ours.post(message)
    ours.onMessage((message) => this.#receive(message))
    workbench.connect(theirs)
  }

  /** Rejects with the SpikedeskError that the workbench answers. */
  request<Name extends RequestName>(name: Name, params: RequestParams<Name>): Promise<RequestResult<Name>> {
    const id = ++this.#lastId
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve: resolve as (result: unknown) => void, reject })
      this.#post({ type: 'request', id, name, params })
    })
  }

  on<Name extends EventName>(name: Name, listener: (data: WorkbenchEvents[Name]) => void): void {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener])
  }

  #receive(message: ServerMessage): void {
    if (message.type === 'event') {
      for (const listener of this.#listeners.get(message.name) ?? []) listener(message.data as never)
      return
    }
    const pending = this.#pending.get(message.id)
    this.#pending.delete(message.id)
    if (message.type === 'response') pending?.resolve(message.result)
    else pending?.reject(fromErrorMessage(message.error))
  }
}
