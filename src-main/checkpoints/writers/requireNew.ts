import { lstatSync } from 'node:fs'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'

/** Throws `export.exists` where something lies at one of these paths. */
export function requireNew(paths: readonly string[]): void {
  const there = paths.find((path) => lstatSync(path, { throwIfNoEntry: false }) !== undefined)
  if (there !== undefined) throw new SpikedeskError('export.exists', { path: there })
}
