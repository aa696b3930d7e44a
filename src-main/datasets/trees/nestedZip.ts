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

/** Unpacks an archive that was packed again into a file that is gone when its tree is closed. */
async function unpacked(outer: ZipTree, file: TreeFile, begin: number): Promise<FileTree> {
  const path = join(tmpdir(), `spikedesk-${process.pid}-${randomBytes(4).toString('hex')}.zip`)
  try {
    const packed = Readable.from(pieces(outer.window, begin, outer.entryOf(file).packed))
    await pipeline(packed, createInflateRaw(), createWriteStream(path, { flags: 'wx' }))
    const tree = await openZipTree(join(outer.path, file.name), FileWindow.open(path))
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
        ? await openZipTree(path, outer.window.part(begin, entry.packed))
        : await unpacked(outer, file, begin),
    )
  }
  return found
}
