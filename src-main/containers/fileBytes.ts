import { readSync } from 'node:fs'
import { FileProblem } from './fileProblem.ts'

/** Bytes that can be read anywhere: a file, a part of one, or a buffer. */
export interface FileBytes {
  readonly size: number
  /** A copy of `length` bytes from `position` on; throws FileProblem where they end before. */
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

/** An open file; what the system says of it is thrown as it is. `close` is called by its own `close`. */
export function bytesOfFile(file: number, size: number, close: () => void): FileBytes {
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
    close,
  }
}

/** A part of a file as one of its own; the file stays open when it is closed. */
export function partOf(file: FileBytes, start: number, size: number): FileBytes {
  return {
    size,
    read(position, length) {
      requireRange(size, position, length)
      return file.read(start + position, length)
    },
    close: () => undefined,
  }
}

/** A buffer as a file. */
export function bytesOf(buffer: Uint8Array): FileBytes {
  return {
    size: buffer.length,
    read(position, length) {
      requireRange(buffer.length, position, length)
      // A Buffer's own slice is no copy.
      return Uint8Array.prototype.slice.call(buffer, position, position + length)
    },
    close: () => undefined,
  }
}
