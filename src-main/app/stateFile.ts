import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { z } from 'zod'

/** Reads a small file of the shell; null where it is missing or not as it should be, which costs nothing. */
export function readState<Schema extends z.ZodType>(path: string, schema: Schema): z.infer<Schema> | null {
  try {
    const parsed = schema.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}

/** Writes a small file of the shell, whole or not at all. A failure loses a convenience and stops nothing. */
export function writeState(path: string, value: unknown): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    const temporary = `${path}.tmp`
    const file = openSync(temporary, 'w')
    try {
      writeSync(file, JSON.stringify(value))
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(temporary, path)
  } catch (thrown) {
    console.error(`${path} was not written: ${thrown instanceof Error ? thrown.message : String(thrown)}`)
  }
}
