import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WorkspaceSettings } from '../../src-shared/contract.ts'
import { checkField, type NumberField } from '../../src-shared/fields.ts'
import { memoryField, stepMemoryField } from '../../src-shared/experimentFields.ts'
import { writeFileAtomically } from '../checkpoints/atomicFile.ts'

const settingsVersion = 1

const settingsFile = (folder: string): string => join(folder, 'settings.json')

function found(folder: string): Record<string, unknown> {
  try {
    const document: unknown = JSON.parse(readFileSync(settingsFile(folder), 'utf8'))
    return typeof document === 'object' && document !== null ? (document as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

function valueOf(field: NumberField, value: unknown): number {
  return checkField(field, value) ? field.default : Number(value)
}

/** The settings of a workspace; what was never set, or is no longer a value that may stand, has its default. */
export function readSettings(folder: string): WorkspaceSettings {
  const { memory, stepMemory } = found(folder)
  return { memory: valueOf(memoryField, memory), stepMemory: valueOf(stepMemoryField, stepMemory) }
}

/** Keeps the settings of a workspace. Throws `checkpoint.unwritable` where its folder cannot be written. */
export function writeSettings(folder: string, settings: WorkspaceSettings): void {
  const text = `${JSON.stringify({ version: settingsVersion, ...settings }, null, 2)}\n`
  writeFileAtomically(settingsFile(folder), [Buffer.from(text)])
}
