import type { z } from 'zod'
import { appRequests } from './appContract.ts'
import { checkpointRequests, type EvaluationProgress } from './checkpointContract.ts'
import { contentsRequests } from './contentsContract.ts'
import {
  datasetRequests,
  type DatasetCard,
  type ImportProgress,
  type RefusedImport,
} from './datasetContract.ts'
import { encodingRequests } from './encodingContract.ts'
import type { ErrorMessage } from './errors/index.ts'
import { modelRequests } from './modelContract.ts'
import { runRequests, type EpochRecord, type MetricsEvent, type RunSummary } from './runContract.ts'
import { savingRequests } from './savingContract.ts'
import { transformRequests } from './transformContract.ts'
import { uploadRequests } from './uploadContract.ts'

/**
 * Everything that may pass between the page and the workbench, one file per area: requests with the schema of their
 * parameters and the type of their result, and events. Services, client and preload are derived from it.
 * Typed arrays travel as they are (see `frames.ts`).
 */

export type * from './appContract.ts'
export type * from './datasetContract.ts'
export type * from './encodingContract.ts'
export type * from './modelContract.ts'
export type * from './runContract.ts'
export type * from './transformContract.ts'
export type { Split } from './requestFields.ts'

export const requests = {
  ...appRequests,
  ...datasetRequests,
  ...uploadRequests,
  ...encodingRequests,
  ...transformRequests,
  ...modelRequests,
  ...runRequests,
  ...checkpointRequests,
  ...contentsRequests,
  ...savingRequests,
} as const

export type RequestName = keyof typeof requests
export type RequestParams<Name extends RequestName> = z.infer<(typeof requests)[Name]['params']>
export type RequestResult<Name extends RequestName> = Exclude<(typeof requests)[Name]['result'], undefined>

export interface WorkbenchEvents {
  'training.metrics': MetricsEvent
  'training.epoch': { run: string; record: EpochRecord }
  /** Sent on every change of state, checkpoint or name. */
  'run.changed': RunSummary
  'datasets.changed': { cards: DatasetCard[] }
  'datasets.progress': { job: string; progress: ImportProgress }
  'checkpoints.progress': EvaluationProgress
  /** Sent before an import fails over what is wrong with its samples. */
  'datasets.refused': { job: string; refused: RefusedImport }
}

export type EventName = keyof WorkbenchEvents

/** What travels over a channel. */
export type ClientMessage = { type: 'request'; id: number; name: string; params: unknown }
export type ServerMessage =
  | { type: 'response'; id: number; result: unknown }
  | { type: 'failure'; id: number; error: ErrorMessage }
  | { type: 'event'; name: EventName; data: unknown }

/** The one door between the page and whoever hosts the workbench. Values may hold typed arrays. */
export interface Channel<Incoming, Outgoing> {
  post(message: Outgoing): void
  onMessage(listener: (message: Incoming) => void): void
  onClose(listener: () => void): void
  close(): void
}
