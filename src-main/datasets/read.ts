import { createHash, type Hash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { promisify } from 'node:util'
import { constants, createGunzip, gunzip } from 'node:zlib'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { unreadable } from './location.ts'

const headLength = 4096
const chunkLength = 256 << 10

/** The beginning of a file, unpacked where it is gzip. */
export interface FileHead {
  path: string
  /** Bytes on disk. */
  size: number
  gzip: boolean
  /** At least the first 4096 bytes of the content, fewer where it is shorter. */
  bytes: Uint8Array
}

/** The content behind the header, and what the file can be recognised by. */
export interface FileContent {
  bytes: Uint8Array
  /** MD5 of the file as it lies on disk, hex; publications of gzip files name it. */
  packedMd5: string
  /** SHA-256 of the whole content unpacked, header included, hex. */
  plainSha256: string
}

/**
 * Reads the beginning of a file. Nothing is allocated beyond a few megabytes, whatever the file claims.
 * @throws SpikedeskError `dataset.notFound`, `dataset.unreadable`, `dataset.empty`, `dataset.damaged`
 */
export async function readHead(path: string): Promise<FileHead> {
  try {
    const handle = await open(path, 'r')
    try {
      const { size } = await handle.stat()
      if (size === 0) throw new SpikedeskError('dataset.empty', { file: path })
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(headLength), 0, headLength, 0)
      const bytes = buffer.subarray(0, bytesRead)
      const gzip = bytes.length >= 2 && bytes[0] === 0x1f && bytes[1] === 0x8b
      return { path, size, gzip, bytes: gzip ? await unpackHead(path, bytes) : bytes }
    } finally {
      await handle.close()
    }
  } catch (thrown) {
    throw unreadable(path, thrown)
  }
}

async function unpackHead(path: string, packed: Uint8Array): Promise<Uint8Array> {
  try {
    // 4096 packed bytes unpack to at most 1032 times as many, so no further limit is needed.
    return await promisify(gunzip)(packed, { finishFlush: constants.Z_SYNC_FLUSH })
  } catch (thrown) {
    throw new SpikedeskError('dataset.damaged', { file: path }, thrown)
  }
}

/**
 * Reads `length` bytes of content behind a header of `skip` bytes. The content must end exactly there.
 * Memory grows with what really arrives, never with what a header claims.
 * @throws SpikedeskError `dataset.truncated`, `dataset.tooLong`, `dataset.damaged`, `dataset.unreadable`
 */
export async function readContent(head: FileHead, skip: number, length: number): Promise<FileContent> {
  const announced = skip + length
  if (!head.gzip && head.size < announced) throw truncated(head.path, head.size, announced)
  if (!head.gzip && head.size > announced) throw tooLong(head.path, announced)
  try {
    return await stream(head, skip, length)
  } catch (thrown) {
    throw unreadable(head.path, thrown)
  }
}

async function stream(head: FileHead, skip: number, length: number): Promise<FileContent> {
  const announced = skip + length
  const packed = createHash('md5')
  const plain = createHash('sha256')
  const target = new GrowingBytes(length, head.gzip ? head.size * 4 : length)
  let seen = 0
  let overflow: SpikedeskError | null = null
  const take = (chunk: Uint8Array): void => {
    if (seen + chunk.length > announced) throw (overflow = tooLong(head.path, announced))
    plain.update(chunk)
    if (seen + chunk.length > skip) target.append(chunk.subarray(Math.max(0, skip - seen)))
    seen += chunk.length
  }
  try {
    for await (const chunk of head.gzip ? unpacked(head.path, packed) : fileChunks(head.path, packed))
      take(chunk)
  } catch (thrown) {
    // The stream may report that it was ended instead of why.
    if (overflow) throw overflow
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
    if (code === 'Z_BUF_ERROR') throw truncated(head.path, seen, announced)
    if (code.startsWith('Z_')) throw new SpikedeskError('dataset.damaged', { file: head.path }, thrown)
    throw thrown
  }
  if (seen < announced) throw truncated(head.path, seen, announced)
  return { bytes: target.bytes, packedMd5: packed.digest('hex'), plainSha256: plain.digest('hex') }
}

/** The bytes of a file and their hash; each chunk lies where the one before it lay. */
async function* fileChunks(path: string, hash: Hash): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    const room = Buffer.allocUnsafeSlow(chunkLength)
    for (;;) {
      const { bytesRead } = await handle.read(room, 0, chunkLength, null)
      if (bytesRead === 0) return
      const chunk = room.subarray(0, bytesRead)
      hash.update(chunk)
      yield chunk
    }
  } finally {
    await handle.close()
  }
}

/** The content of a gzip file; a chunk is gone once the next is asked for. */
async function* unpacked(path: string, hash: Hash): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: chunkLength })
  const write = promisify((chunk: Uint8Array, done: (error?: Error | null) => void) =>
    gunzip.write(chunk, done),
  )
  const fill = async (): Promise<void> => {
    for await (const chunk of fileChunks(path, hash)) await write(chunk)
    gunzip.end()
  }
  const filled = fill()
  // Told through the stream, or of no interest once it was destroyed.
  filled.catch((thrown: unknown) => gunzip.destroy(thrown instanceof Error ? thrown : undefined))
  for await (const chunk of gunzip as AsyncIterable<Buffer<ArrayBuffer>>) {
    yield chunk
    release(chunk)
  }
  await filled
}

/** Gives the memory of a chunk back once its last byte was read; a collection would come tens of megabytes later. */
function release({ buffer, byteOffset, length }: Buffer<ArrayBuffer>): void {
  if (byteOffset + length === buffer.byteLength) buffer.transfer(0)
}

function truncated(file: string, found: number, announced: number): SpikedeskError {
  return new SpikedeskError('dataset.truncated', { file, found, announced })
}

function tooLong(file: string, announced: number): SpikedeskError {
  return new SpikedeskError('dataset.tooLong', { file, announced })
}

/** Bytes that arrive in chunks: the room doubles up to `limit`, so that the last growth is exact. */
class GrowingBytes {
  readonly #limit: number
  #room: Uint8Array
  #used = 0

  constructor(limit: number, expected: number) {
    this.#limit = limit
    this.#room = new Uint8Array(Math.min(limit, Math.max(expected, chunkLength)))
  }

  append(chunk: Uint8Array): void {
    const needed = this.#used + chunk.length
    if (needed > this.#room.length) {
      const larger = new Uint8Array(Math.min(this.#limit, Math.max(needed, this.#room.length * 2)))
      larger.set(this.#room.subarray(0, this.#used))
      this.#room = larger
    }
    this.#room.set(chunk, this.#used)
    this.#used = needed
  }

  /** All that arrived; its own buffer where as much came as was expected. */
  get bytes(): Uint8Array {
    return this.#used === this.#room.length ? this.#room : this.#room.slice(0, this.#used)
  }
}
