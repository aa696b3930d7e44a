import type { ClientMessage, ServerMessage } from '../../src-shared/contract.ts'
import type { ComputeRole } from './computeContract.ts'

/** A compute process as the pool sees it, whoever forked it. */
export interface ComputeProcess {
  post(message: ClientMessage): void
  onMessage(listener: (message: ServerMessage) => void): void
  /** Calls once, when the process has ended, with the reason in words. */
  onExit(listener: (reason: string) => void): void
  /** Ends it at once. */
  kill(): void
}

/**
 * Starts `compute.ts` with the workspace folder as its one argument: `child_process.fork` under plain Node,
 * `utilityProcess.fork` under Electron.
 */
export type ForkCompute = (workspaceFolder: string, role: ComputeRole) => ComputeProcess
