import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { RandomAccessReader } from 'yauzl'
import { unreadable } from '../location.ts'

/** Read ahead where a reader asks for small pieces one after another, as the list of an archive is read. */
const aheadBytes = 256 << 10

/** A part of a file on disk: all of it, or an archive that lies unpacked inside another. */
export class FileWindow extends RandomAccessReader {
  readonly path: string
  readonly size: number
  readonly #file: number
  readonly #begin: number
  readonly #owns: boolean
  #ahead: Buffer = Buffer.alloc(0)
  #aheadAt = 0

  private constructor(path: string, file: number, begin: number, size: number, owns: boolean) {
    super()
    this.path = path
    this.#file = file
    this.#begin = begin
    this.size = size
    this.#owns = owns
  }

  /** Opens a whole file; messages call it `shown`. Throws `dataset.unreadable`, `dataset.notFound`. */
  static open(path: string, shown = path): FileWindow {
    try {
      const file = openSync(path, 'r')
      return new FileWindow(shown, file, 0, fstatSync(file).size, true)
    } catch (thrown) {
      throw unreadable(path, thrown)
    }
  }

  /** The part of this one from `begin` on, called `shown`. The file stays this one's to close. */
  part(begin: number, size: number, shown = this.path): FileWindow {
    return new FileWindow(shown, this.#file, this.#begin + begin, size, false)
  }

  /** Bytes from `at` on, fewer where the window ends before `length`. Throws `dataset.unreadable`. */
  bytes(at: number, length: number): Buffer {
    const room = Buffer.allocUnsafe(Math.max(0, Math.min(length, this.size - at)))
    let read = 0
    try {
      while (read < room.length) {
        const got = readSync(this.#file, room, read, room.length - read, this.#begin + at + read)
        if (got === 0) break
        read += got
      }
    } catch (thrown) {
      throw unreadable(this.path, thrown)
    }
    return room.subarray(0, read)
  }

  override read(
    target: Buffer,
    offset: number,
    length: number,
    position: number,
    done: (error: Error | null) => void,
  ): void {
    let error: Error | null = null
    try {
      this.#copy(target, offset, length, position)
    } catch (thrown) {
      error = thrown as Error
    }
    // The reader of the list calls itself from its callback, once for every entry.
    queueMicrotask(() => done(error))
  }

  override close(done: (error: Error | null) => void): void {
    this.release()
    done(null)
  }

  /** Closes the file where this is the window that opened it. */
  release(): void {
    if (this.#owns) closeSync(this.#file)
  }

  #copy(target: Buffer, offset: number, length: number, position: number): void {
    const end = position + length
    if (position < this.#aheadAt || end > this.#aheadAt + this.#ahead.length) {
      this.#ahead = this.bytes(position, Math.max(length, aheadBytes))
      this.#aheadAt = position
    }
    if (end > this.#aheadAt + this.#ahead.length) throw new Error('the file ends too early')
    this.#ahead.copy(target, offset, position - this.#aheadAt, end - this.#aheadAt)
  }
}
