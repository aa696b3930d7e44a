import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'

const roomBytes = 4 << 20

/** Size and SHA-256 (hex) of a finished file. */
export interface FileSeal {
  bytes: number
  sha256: string
}

/** A new file that is written from its beginning to its end, through 4 MiB of memory, and hashed on the way. */
export class GrowingFile {
  readonly #file: number
  readonly #hash = createHash('sha256')
  readonly #room = Buffer.allocUnsafe(roomBytes)
  #used = 0
  #written = 0
  #open = true

  /** Throws what the system reports, as the other methods do. */
  constructor(path: string) {
    this.#file = openSync(path, 'wx')
  }

  /** Bytes so far. */
  get length(): number {
    return this.#written + this.#used
  }

  append(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const part = bytes.subarray(at, at + roomBytes - this.#used)
      this.#room.set(part, this.#used)
      this.#used += part.length
      at += part.length
      if (this.#used === roomBytes) this.#flush()
    }
  }

  /** Flushes everything to the disk and closes the file. */
  finish(): FileSeal {
    this.#flush()
    fsyncSync(this.#file)
    this.close()
    return { bytes: this.#written, sha256: this.#hash.digest('hex') }
  }

  /** Closes a file that will not be finished; nothing where it is closed. */
  close(): void {
    if (this.#open) closeSync(this.#file)
    this.#open = false
  }

  #flush(): void {
    const part = this.#room.subarray(0, this.#used)
    this.#hash.update(part)
    for (let at = 0; at < part.length;) at += writeSync(this.#file, part, at)
    this.#written += part.length
    this.#used = 0
  }
}
