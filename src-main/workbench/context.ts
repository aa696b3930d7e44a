import type {
  EventName,
  RequestName,
  RequestParams,
  RequestResult,
  WorkbenchEvents,
} from '../../src-shared/contract.ts'
import type { Workspace } from '../runs/workspace.ts'
import type { ActiveRun } from './activeRun.ts'
import type { ComputePool } from './computePool.ts'

/** What the services share. */
export interface WorkbenchContext {
  /** `electron` or `browser`. */
  host: string
  version: string
  /** Open with its lock; the compute processes write to it, this process reads. */
  workspace: Workspace
  compute: ComputePool
  active: ActiveRun
  /** Asks the user where a file of this name is to lie; left out where the host has no dialogue for it. */
  chooseTarget?(name: string): Promise<string | null>
  /** Sends an event to every page. */
  broadcast<Name extends EventName>(name: Name, data: WorkbenchEvents[Name]): void
}

export type Handler<Name extends RequestName> = (
  params: RequestParams<Name>,
) => RequestResult<Name> | Promise<RequestResult<Name>>

/** The handlers of some requests; a service gives those of its area. */
export type Handlers<Names extends RequestName = RequestName> = { [Name in Names]: Handler<Name> }
