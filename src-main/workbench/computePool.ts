import type { ServerMessage } from '../../src-shared/contract.ts'
import { fromErrorMessage, SpikedeskError } from '../../src-shared/errors/index.ts'
import {
  closeRequest,
  computeRoles,
  type ComputeName,
  type ComputeParams,
  type ComputeResult,
  type ComputeRole,
} from './computeContract.ts'
import type { ComputeProcess, ForkCompute } from './computeProcess.ts'

type EventMessage = Extract<ServerMessage, { type: 'event' }>

export interface ComputeListener {
  /** An event of a compute process. */
  event(message: EventMessage): void
  /** A process ended by itself. Requests under way have failed with `error`; the next request starts it anew. */
  crashed(role: ComputeRole, error: SpikedeskError): void
}

interface Pending {
  resolve(result: unknown): void
  reject(error: unknown): void
}

interface Worker {
  process: ComputeProcess
  pending: Map<number, Pending>
  exited: Promise<void>
  /** Whether it was ever asked for anything. */
  asked: boolean
}

/** How long a process may take to save and stop before it is ended, in milliseconds. */
const patience = 20_000

function crashError(role: ComputeRole, reason: string): SpikedeskError {
  return new SpikedeskError(role === 'training' ? 'compute.crashed' : 'compute.dataCrashed', { reason })
}

/** Starts one compute process a role when it is first needed, watches it, and starts it anew after a crash. */
export class ComputePool {
  private readonly fork: ForkCompute
  private readonly folder: string
  private readonly listener: ComputeListener
  private readonly workers = new Map<ComputeRole, Worker>()
  private lastId = 0
  private closing = false

  constructor(fork: ForkCompute, workspaceFolder: string, listener: ComputeListener) {
    this.fork = fork
    this.folder = workspaceFolder
    this.listener = listener
  }

  /** Has a job done. Throws what the job threw, or `compute.crashed` where its process died over it. */
  call<Name extends ComputeName>(name: Name, params: ComputeParams<Name>): Promise<ComputeResult<Name>> {
    if (this.closing) return Promise.reject(new SpikedeskError('workbench.closing'))
    const role = computeRoles[name]
    const worker = this.workers.get(role) ?? this.start(role)
    return this.ask(worker, name, params) as Promise<ComputeResult<Name>>
  }

  /** Starts a process before it is needed, so that the first request to it need not wait for that. */
  warm(role: ComputeRole): void {
    if (!this.closing && !this.workers.has(role)) this.start(role)
  }

  /** Lets every process stop its training with a checkpoint, then ends it. */
  async close(): Promise<void> {
    this.closing = true
    await Promise.all([...this.workers].map(([role, worker]) => this.end(role, worker)))
  }

  private start(role: ComputeRole): Worker {
    const process = this.fork(this.folder, role)
    const pending = new Map<number, Pending>()
    const exited = new Promise<void>((resolve) => {
      process.onExit((reason) => {
        this.workers.delete(role)
        const error = crashError(role, reason)
        for (const { reject } of pending.values()) reject(error)
        pending.clear()
        if (!this.closing) this.listener.crashed(role, error)
        resolve()
      })
    })
    process.onMessage((message) => this.receive(pending, message))
    const worker: Worker = { process, pending, exited, asked: false }
    this.workers.set(role, worker)
    return worker
  }

  private ask(worker: Worker, name: string, params: unknown): Promise<unknown> {
    const id = ++this.lastId
    worker.asked = true
    return new Promise((resolve, reject) => {
      worker.pending.set(id, { resolve, reject })
      worker.process.post({ type: 'request', id, name, params })
    })
  }

  private receive(pending: Map<number, Pending>, message: ServerMessage): void {
    if (message.type === 'event') {
      this.listener.event(message)
      return
    }
    const waiting = pending.get(message.id)
    pending.delete(message.id)
    if (message.type === 'response') waiting?.resolve(message.result)
    else waiting?.reject(fromErrorMessage(message.error))
  }

  /** Only a process that may be training has something to save. */
  private async end(role: ComputeRole, worker: Worker): Promise<void> {
    const deadline = setTimeout(() => worker.process.kill(), patience)
    if (role === 'training' && worker.asked) {
      await this.ask(worker, closeRequest, {}).catch(() => undefined)
    }
    worker.process.kill()
    await worker.exited
    clearTimeout(deadline)
  }
}
