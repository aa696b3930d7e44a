import type { Channel, EventName, ServerMessage, WorkbenchEvents } from '../../src-shared/contract.ts'
import type { SpikedeskError } from '../../src-shared/errors/index.ts'
import { Workspace } from '../runs/workspace.ts'
import { isActive } from '../training/states.ts'
import { ActiveRun } from './activeRun.ts'
import { ComputePool } from './computePool.ts'
import type { ComputeRole } from './computeContract.ts'
import type { ForkCompute } from './computeProcess.ts'
import type { Handlers } from './context.ts'
import { dispatch } from './dispatch.ts'
import { allHandlers } from './services/index.ts'

export interface WorkbenchOptions {
  /** `electron` or `browser`. */
  host: string
  version: string
  /** Folder of the workspace; made where it is missing. */
  workspace: string
  fork: ForkCompute
  /** See `WorkbenchContext`. */
  chooseTarget?(name: string): Promise<string | null>
}

/** Everything behind the contract. Hosts bring pages by `connect`; training goes on with none connected. */
export class Workbench {
  private readonly workspace: Workspace
  private readonly compute: ComputePool
  private readonly active = new ActiveRun()
  private readonly handlers: Handlers
  private readonly pages = new Set<Channel<unknown, ServerMessage>>()
  private closed: Promise<void> | null = null

  /**
   * Opens the workspace and holds its lock until `close`. Runs that a crash left unfinished read as interrupted.
   * Throws `workspace.locked` or `workspace.unwritable`.
   */
  constructor(options: WorkbenchOptions) {
    this.workspace = Workspace.open(options.workspace, { lock: true })
    this.compute = new ComputePool(options.fork, this.workspace.folder, {
      event: ({ name, data }) => this.broadcast(name, data as WorkbenchEvents[EventName]),
      crashed: (role, error) => this.crashed(role, error),
    })
    this.handlers = allHandlers({
      host: options.host,
      version: options.version,
      workspace: this.workspace,
      compute: this.compute,
      active: this.active,
      chooseTarget: options.chooseTarget,
      broadcast: (name, data) => this.broadcast(name, data),
    })
    this.compute.warm('data')
  }

  /** Id of the run that is being trained; null where none is. */
  get activeRun(): string | null {
    return this.active.id
  }

  /** Serves one page until its channel closes. What it sends is checked here, so the carrier need not. */
  connect(channel: Channel<unknown, ServerMessage>): void {
    this.compute.warm('training')
    this.pages.add(channel)
    channel.onClose(() => this.pages.delete(channel))
    channel.onMessage((message) => {
      void dispatch(this.handlers, message).then((answer) => channel.post(answer))
    })
  }

  /** Stops a run that is being trained with a checkpoint, ends the compute processes, frees the workspace. */
  close(): Promise<void> {
    this.closed ??= this.shutDown()
    return this.closed
  }

  private async shutDown(): Promise<void> {
    await this.compute.close()
    for (const page of this.pages) page.close()
    this.pages.clear()
    this.workspace.close()
  }

  private broadcast<Name extends EventName>(name: Name, data: WorkbenchEvents[Name]): void {
    if (name === 'run.changed') this.active.changed(data as WorkbenchEvents['run.changed'])
    for (const page of this.pages) page.post({ type: 'event', name, data })
  }

  /** Whatever a dead training process left unfinished is interrupted, and every page is told. */
  private crashed(role: ComputeRole, error: SpikedeskError): void {
    if (role !== 'training') return
    const { store } = this.workspace
    for (const { id } of store.list().filter(({ state }) => isActive(state))) {
      const { code, data } = error
      this.broadcast('run.changed', store.setState(id, 'interrupted', { code, data }))
    }
  }
}
