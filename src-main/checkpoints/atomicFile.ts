import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { writingReasonOf } from '../../src-shared/errors/reason.ts'

/** One write call takes at most 2 GiB - 1. */
const largestWrite = 1 << 30

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) {
    at += writeSync(file, bytes, at, Math.min(bytes.length - at, largestWrite))
  }
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return
  const file = openSync(folder, 'r')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function writeAndSync(path: string, parts: Iterable<Uint8Array>): void {
  const file = openSync(path, 'w')
  try {
    for (const part of parts) writeAll(file, part)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

/** Removes what was left half-way; that it cannot be removed is the smaller trouble. */
function discard(path: string): void {
  try {
    rmSync(path, { force: true })
  } catch {
    return
  }
}

/**
 * Writes a file so that, whatever happens, either the old one or the new one is there whole: a temporary name
 * in the same folder, flushed, renamed, the folder flushed. Throws `checkpoint.unwritable`.
 */
export function writeFileAtomically(path: string, parts: Iterable<Uint8Array>): void {
  const temporary = `${path}.part`
  try {
    writeAndSync(temporary, parts)
    renameSync(temporary, path)
    syncFolder(dirname(path))
  } catch (thrown) {
    discard(temporary)
    throw new SpikedeskError('checkpoint.unwritable', { path, reason: writingReasonOf(thrown) }, thrown)
  }
}
