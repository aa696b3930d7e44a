import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { unreadable } from '../location.ts'
import { requireHarmless } from './archiveErrors.ts'
import { fileLimit, filesLimit, sortFiles, type FileTree, type TreeContent, type TreeFile } from './tree.ts'

/**
 * A gzip-packed tar archive (POSIX ustar, with the long names of GNU and pax). It has no list of its files, so it is
 * read from its beginning: once to list them, and once whenever some are read.
 */
const blockBytes = 512
const longNameLimit = 1 << 16
/** Small files, tables mostly, are kept from the first reading, so many bytes in all. */
const smallFile = 1 << 16
const keptBytes = 8 << 20

/** Bytes that come in pieces, to be taken in other pieces. */
class ByteQueue {
  readonly #source: AsyncIterator<Buffer>
  #piece: Buffer = Buffer.alloc(0)

  constructor(source: AsyncIterator<Buffer>) {
    this.#source = source
  }

  /** Hands on `length` bytes piece by piece; false where the source ends before. */
  async #each(length: number, take: (piece: Buffer) => void): Promise<boolean> {
    for (let left = length; left > 0;) {
      if (this.#piece.length === 0) {
        const next = await this.#source.next()
        if (next.done) return false
        this.#piece = next.value
      }
      const part = this.#piece.subarray(0, left)
      take(part)
      left -= part.length
      this.#piece = this.#piece.subarray(part.length)
    }
    return true
  }

  skip(length: number): Promise<boolean> {
    return this.#each(length, () => undefined)
  }

  /** The next bytes; null where the source ends before. Memory grows with what arrives. */
  async take(length: number): Promise<Buffer | null> {
    const parts: Buffer[] = []
    return (await this.#each(length, (part) => void parts.push(part))) ? Buffer.concat(parts, length) : null
  }
}

interface TarEntry {
  name: string
  size: number
}

function textAt(block: Buffer, at: number, length: number): string {
  const field = block.subarray(at, at + length)
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end < 0 ? length : end)
}

function isWhole(block: Buffer): boolean {
  const wanted = parseInt(textAt(block, 148, 8), 8)
  const sum = block.reduce((total, byte, i) => total + (i >= 148 && i < 156 ? 32 : byte), 0)
  return sum === wanted
}

function requireSafe(name: string, archive: string): string {
  const plain = name.replace(/^(\.\/)+/, '')
  if (plain.startsWith('/') || plain.split('/').includes('..') || plain.includes('\0'))
    throw new SpikedeskError('archive.unsafeName', { file: archive, name: plain.slice(0, 200) })
  return plain
}

/** Goes through the files of the archive; `content` must be called for what is wanted before the next one. */
async function* entries(path: string): AsyncGenerator<TarEntry & { content(): Promise<Buffer> }> {
  const packed = (await stat(path)).size
  const damaged = (thrown?: unknown) => new SpikedeskError('archive.damaged', { file: path }, thrown)
  const unpacked = createReadStream(path, { highWaterMark: 1 << 20 }).pipe(
    createGunzip({ chunkSize: 1 << 20 }),
  )
  const queue = new ByteQueue(unpacked[Symbol.asyncIterator]() as AsyncIterator<Buffer>)
  let longName: string | null = null
  for (;;) {
    const head = await queue.take(blockBytes)
    if (!head) throw damaged()
    if (head.every((byte) => byte === 0)) return
    const size = parseInt(textAt(head, 124, 12).trim() || '0', 8)
    if (!isWhole(head) || !Number.isSafeInteger(size)) throw damaged()
    const padding = (blockBytes - (size % blockBytes)) % blockBytes
    const type = String.fromCharCode(head[156])
    if (type === 'L' || type === 'x') {
      const bytes = size <= longNameLimit ? await queue.take(size) : null
      if (!bytes || !(await queue.skip(padding))) throw damaged()
      longName =
        type === 'L' ? textAt(bytes, 0, size) : (/\d+ path=(.*)\n/.exec(bytes.toString())?.[1] ?? longName)
      continue
    }
    const prefix = textAt(head, 345, 155)
    const name = requireSafe(longName ?? (prefix ? `${prefix}/` : '') + textAt(head, 0, 100), path)
    longName = null
    requireHarmless(path, name, packed, size)
    let taken = false
    if (type === '0' || type === '\0') {
      yield {
        ...{ name, size },
        async content() {
          taken = true
          const bytes = await queue.take(size)
          if (!bytes) throw new SpikedeskError('archive.damagedEntry', { file: path, name })
          return bytes
        },
      }
    }
    if (!(await queue.skip((taken ? 0 : size) + padding))) throw damaged()
  }
}

/** Everything that gunzip and the file system throw becomes one of our errors. */
async function guarded<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
    if (code.startsWith('Z_')) throw new SpikedeskError('archive.damaged', { file: path }, thrown)
    throw unreadable(path, thrown)
  }
}

/** The files of a `.tar.gz` archive; nothing is unpacked to disk. Throws `archive.` codes, `dataset.unreadable`. */
export async function openTarTree(path: string): Promise<FileTree> {
  const files: TreeFile[] = []
  const small = new Map<string, Buffer>()
  let kept = 0
  await guarded(path, async () => {
    for await (const { name, size, content } of entries(path)) {
      if (/(^|\/)\.[^/]*$/.test(name)) continue
      files.push({ name, size, place: join(path, name) })
      if (files.length > filesLimit) throw new SpikedeskError('archive.tooMany', { path, limit: filesLimit })
      if (size > smallFile || kept + size > keptBytes) continue
      kept += size
      small.set(name, await content())
    }
  })
  async function* stream(wanted: Map<string, TreeFile>): AsyncGenerator<TreeContent> {
    for await (const { name, size, content } of entries(path)) {
      const file = wanted.get(name)
      if (!file) continue
      const data = { file: file.place, found: size, limit: fileLimit }
      if (size > fileLimit) yield { file, error: new SpikedeskError('dataset.fileTooLarge', data) }
      else yield { file, bytes: await content() }
      wanted.delete(name)
      if (wanted.size === 0) return
    }
  }
  return {
    path,
    files: sortFiles(files),
    sources: [path],
    random: false,
    async *read(wanted) {
      const left = new Map(wanted.map((file) => [file.name, file]))
      for (const file of wanted) {
        const bytes = small.get(file.name)
        if (!bytes) continue
        left.delete(file.name)
        yield { file, bytes }
      }
      if (left.size === 0) return
      const contents = stream(left)
      for (;;) {
        const next = await guarded(path, () => contents.next())
        if (next.done) return
        yield next.value
      }
    },
    close: () => Promise.resolve(),
  }
}
