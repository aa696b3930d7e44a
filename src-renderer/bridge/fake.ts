import type {
  EventName,
  RequestName,
  RequestParams,
  RequestResult,
  WorkbenchEvents,
} from '../../src-shared/contract.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { Bridge, BridgeStatus } from './client.ts'

type Answers = {
  [Name in RequestName]?: (params: RequestParams<Name>) => RequestResult<Name> | Promise<RequestResult<Name>>
}

export interface FakeBridge extends Bridge {
  /** Every request so far, in order. */
  readonly requests: { name: RequestName; params: unknown }[]
  emit<Name extends EventName>(name: Name, data: WorkbenchEvents[Name]): void
  setStatus(status: BridgeStatus): void
}

/** A bridge for unit tests: answers from functions, remembers what was asked, sends events on demand. */
export function createFakeBridge(answers: Answers = {}): FakeBridge {
  const requests: FakeBridge['requests'] = []
  const listeners = new Map<EventName, Set<(data: never) => void>>()
  const statusListeners = new Set<(status: BridgeStatus) => void>()
  let status: BridgeStatus = 'open'
  return {
    requests,
    get status() {
      return status
    },
    async request(name, params) {
      requests.push({ name, params })
      const answer = answers[name]
      if (!answer) throw new SpikedeskError('message.unknown', { request: name })
      return answer(params)
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set()
      listeners.set(name, set)
      set.add(listener)
      return () => set.delete(listener)
    },
    onStatus(listener) {
      statusListeners.add(listener)
      return () => statusListeners.delete(listener)
    },
    close: () => undefined,
    emit(name, data) {
      for (const listener of listeners.get(name) ?? []) listener(data as never)
    },
    setStatus(next) {
      status = next
      for (const listener of statusListeners) listener(next)
    },
  }
}
