import { closeSync, fstatSync, openSync } from 'node:fs'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { bytesOfFile, type FileBytes } from '../../containers/fileBytes.ts'
import { openZip, type ZipArchive } from '../../containers/zip/zipArchive.ts'
import type { ZipEntry } from '../../containers/zip/zipDirectory.ts'
import { unreadable } from '../location.ts'
import { archiveError, requireHarmless } from './archiveErrors.ts'
import { fileLimit, filesLimit, sortFiles, type FileTree, type TreeContent, type TreeFile } from './tree.ts'

/** A tree over a zip archive that is read in place. */
export interface ZipTree extends FileTree {
  bytes: FileBytes
  archive: ZipArchive
  entryOf(file: TreeFile): ZipEntry
}

/** Opens a file that is an archive. Throws `dataset.notFound`, `dataset.unreadable`. */
export function openArchiveFile(path: string): FileBytes {
  try {
    const file = openSync(path, 'r')
    return bytesOfFile(file, fstatSync(file).size, () => closeSync(file))
  } catch (thrown) {
    throw unreadable(path, thrown)
  }
}

/** Whether a name leads out of the folder that an archive would be unpacked to. */
function leadsOut(name: string): boolean {
  return /^(\/|[a-z]:)/i.test(name) || name.split('/').includes('..')
}

/** The files of an archive that are no folders, notes of a system, or hidden. Throws `archive.` codes. */
function listFiles(path: string, { entries }: ZipArchive): Map<TreeFile, ZipEntry> {
  const files = new Map<TreeFile, ZipEntry>()
  for (const entry of entries.values()) {
    const name = entry.name.replaceAll('\\', '/')
    if (leadsOut(name))
      throw new SpikedeskError('archive.unsafeName', { file: path, name: name.slice(0, 200) })
    if (name.endsWith('/') || name.startsWith('__MACOSX/') || /(^|\/)\./.test(name)) continue
    if (entry.method !== 0) requireHarmless(path, name, entry.packedSize, entry.size)
    files.set({ name, size: entry.size, place: `${path}: ${name}` }, entry)
  }
  return files
}

/** The content of one file, checked against its CRC-32. */
function readEntry(path: string, archive: ZipArchive, entry: ZipEntry, name: string): Uint8Array {
  if (entry.size > fileLimit) {
    const file = `${path}: ${name}`
    throw new SpikedeskError('dataset.fileTooLarge', { file, found: entry.size, limit: fileLimit })
  }
  try {
    return archive.content(entry, true)
  } catch (thrown) {
    throw archiveError(path, thrown, name)
  }
}

/**
 * The files of a zip archive; nothing is unpacked to disk. The bytes are closed with the tree.
 * @throws SpikedeskError `archive.` codes, `dataset.notFound`, `dataset.unreadable`
 */
export function openZipTree(path: string, bytes = openArchiveFile(path)): ZipTree {
  try {
    const archive = openZip(bytes, filesLimit)
    const entries = listFiles(path, archive)
    const entryOf = (file: TreeFile) => entries.get(file) as ZipEntry
    return {
      path,
      bytes,
      archive,
      files: sortFiles([...entries.keys()]),
      sources: [path],
      random: true,
      entryOf,
      async *read(wanted) {
        for (const file of wanted) {
          let content: TreeContent
          try {
            content = { file, bytes: readEntry(path, archive, entryOf(file), file.name) }
          } catch (error) {
            content = { file, error }
          }
          yield content
        }
      },
      close: () => Promise.resolve(bytes.close()),
    }
  } catch (thrown) {
    bytes.close()
    throw thrown instanceof SpikedeskError ? thrown : archiveError(path, thrown)
  }
}
