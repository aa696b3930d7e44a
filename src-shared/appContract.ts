import { z } from 'zod'
import type { EngineId } from './experiment.ts'
import { memoryField, stepMemoryField } from './experimentFields.ts'
import { request } from './requestDefinition.ts'
import { nothing } from './requestFields.ts'

/** Requests about the program itself and what holds for the whole workspace, part of the contract; see `contract.ts`. */

export interface EngineInfo {
  id: EngineId
  /** What it runs on, e.g. `AVX-512`; empty where it is not to be had. */
  device: string
  /** Threads that it takes where none are asked for; 0 where it is not to be had. */
  threads: number
  /** Null where it runs; else the exact reason why not. */
  unavailable: string | null
}

export interface AppInfo {
  version: string
  /** `electron` or `browser`. */
  host: string
  workspace: string
  cores: number
  engines: EngineInfo[]
}

/** What holds for every run of a workspace and changes no number of any. */
export interface WorkspaceSettings {
  /** MiB that the batches made ahead of training may take together. */
  memory: number
  /** MiB that the engine may take for training; 0 is three quarters of the machine. */
  stepMemory: number
}

export const appRequests = {
  'app.info': request<AppInfo>()(nothing),
  'settings.read': request<WorkspaceSettings>()(nothing),
  /** Holds from the next run on. */
  'settings.write': request<WorkspaceSettings>()(
    z.strictObject({
      memory: z.int().min(memoryField.min).max(memoryField.max),
      stepMemory: z.int().min(stepMemoryField.min).max(stepMemoryField.max),
    }),
  ),
} as const
