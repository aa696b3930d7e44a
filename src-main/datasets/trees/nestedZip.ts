import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { partOf, type FileBytes } from '../../containers/fileBytes.ts'
import { archiveError } from './archiveErrors.ts'
import type { FileTree, TreeFile } from './tree.ts'
import { openArchiveFile, openZipTree, type ZipTree } from './zipTree.ts'

const pieceBytes = 4 << 20

function* pieces(file: FileBytes, begin: number, length: number): Generator<Uint8Array> {
  for (let at = 0; at < length; at += pieceBytes)
    yield file.read(begin + at, Math.min(pieceBytes, length - at))
}

/** Hands pieces on; throws where they are more than `most` bytes, whatever the archive claims. */
function atMost(most: number) {
  return async function* (packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let length = 0
    for await (const piece of packed) {
      length += piece.length
      if (length > most) throw new Error('it unpacks to more than it says')
      yield piece
    }
  }
}

/** Unpacks an archive that was packed again into a file that is gone when its tree is closed. */
async function unpacked(outer: ZipTree, file: TreeFile, begin: number): Promise<FileTree> {
  const path = join(tmpdir(), `spikedesk-${process.pid}-${randomBytes(4).toString('hex')}.zip`)
  try {
    const { packedSize, size } = outer.entryOf(file)
    const source = Readable.from(pieces(outer.bytes, begin, packedSize))
    await pipeline(source, createInflateRaw(), atMost(size), createWriteStream(path, { flags: 'wx' }))
    const shown = join(outer.path, file.name)
    const tree = openZipTree(shown, openArchiveFile(path))
    return {
      ...tree,
      async close() {
        await tree.close()
        await rm(path, { force: true })
      },
    }
  } catch (thrown) {
    await rm(path, { force: true })
    if (thrown instanceof SpikedeskError) throw thrown
    throw new SpikedeskError('archive.damagedEntry', { file: outer.path, name: file.name }, thrown)
  }
}

function startOf(outer: ZipTree, file: TreeFile): number {
  try {
    return outer.archive.start(outer.entryOf(file))
  } catch (thrown) {
    throw archiveError(outer.path, thrown, file.name)
  }
}

/**
 * The zip archives in a zip archive, as N-Caltech101 has one: read where they lie if they are stored, else
 * unpacked to a temporary file. Archives of annotations are passed over. The outer tree must stay open.
 */
export async function nestedZips(outer: ZipTree): Promise<FileTree[]> {
  const found: FileTree[] = []
  for (const file of outer.files) {
    if (!/\.zip$/i.test(file.name) || /annotation/i.test(file.name)) continue
    const entry = outer.entryOf(file)
    const begin = startOf(outer, file)
    const path = join(outer.path, file.name)
    found.push(
      entry.method === 0
        ? openZipTree(path, partOf(outer.bytes, begin, entry.size))
        : await unpacked(outer, file, begin),
    )
  }
  return found
}
