import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { reasonText, systemCode } from '../reason.ts'
import { FileProblem } from './fileProblem.ts'

/** Bytes that can be read anywhere: a file, or a buffer. */
export interface FileBytes {
  readonly size: number
  /** A copy of `length` bytes from `position` on; throws FileProblem where the file ends before. */
  read(position: number, length: number): Uint8Array
  close(): void
}

/** One read call takes at most 2 GiB - 1. */
const largestRead = 1 << 30

/** Throws FileProblem where the range is not one of the file's. */
function requireRange(size: number, position: number, length: number): void {
  const whole = Number.isSafeInteger(position) && Number.isSafeInteger(length) && position >= 0 && length >= 0
  if (whole && position + length <= size) return
  throw new FileProblem('problem.ends', { at: position, length, size })
}

/**
 * Opens a file for reading at any place. Throws `checkpoint.notFound` or `checkpoint.unreadable`; devices, pipes
 * and folders are not read.
 */
export function openBytes(path: string): FileBytes {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') throw new SpikedeskError('checkpoint.notFound', { path }, thrown)
    throw new SpikedeskError('checkpoint.unreadable', { path, reason: reasonText(thrown) }, thrown)
  }
  const stats = fstatSync(file)
  if (!stats.isFile()) {
    closeSync(file)
    const reason = { phrase: stats.isDirectory() ? 'reason.folder' : 'file.device' } as const
    throw new SpikedeskError('checkpoint.unreadable', { path, reason })
  }
  const { size } = stats
  return {
    size,
    read(position, length) {
      requireRange(size, position, length)
      const bytes = new Uint8Array(length)
      for (let at = 0; at < length;) {
        const count = readSync(file, bytes, at, Math.min(length - at, largestRead), position + at)
        if (count === 0) throw new FileProblem('problem.ends', { at: position, length, size: position + at })
        at += count
      }
      return bytes
    },
    close: () => closeSync(file),
  }
}

/** A buffer as a file. */
export function bytesOf(buffer: Uint8Array): FileBytes {
  return {
    size: buffer.length,
    read(position, length) {
      requireRange(buffer.length, position, length)
      return buffer.slice(position, position + length)
    },
    close: () => undefined,
  }
}
