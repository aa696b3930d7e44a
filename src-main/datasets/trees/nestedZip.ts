import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { FileWindow } from './fileWindow.ts'
import type { FileTree, TreeFile } from './tree.ts'
import { zipDataAt } from './zipEntry.ts'
import { openZipTree, type ZipTree } from './zipTree.ts'

const pieceBytes = 4 << 20

function* pieces(window: FileWindow, begin: number, length: number): Generator<Buffer> {
  for (let at = 0; at < length; at += pieceBytes)
    yield window.bytes(begin + at, Math.min(pieceBytes, length - at))
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
    const { packed, size } = outer.entryOf(file)
    const source = Readable.from(pieces(outer.window, begin, packed))
    await pipeline(source, createInflateRaw(), atMost(size), createWriteStream(path, { flags: 'wx' }))
    const shown = join(outer.path, file.name)
    const tree = await openZipTree(shown, FileWindow.open(path, shown))
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

/**
 * The zip archives in a zip archive, as N-Caltech101 has one: read where they lie if they are stored, else
 * unpacked to a temporary file. Archives of annotations are passed over. The outer tree must stay open.
 */
export async function nestedZips(outer: ZipTree): Promise<FileTree[]> {
  const found: FileTree[] = []
  for (const file of outer.files) {
    if (!/\.zip$/i.test(file.name) || /annotation/i.test(file.name)) continue
    const entry = outer.entryOf(file)
    const begin = entry.at + zipDataAt(outer.window, entry, file.name)
    const path = join(outer.path, file.name)
    found.push(
      entry.method === 0
        ? await openZipTree(path, outer.window.part(begin, entry.packed, path))
        : await unpacked(outer, file, begin),
    )
  }
  return found
}
