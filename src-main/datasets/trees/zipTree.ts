import { fromRandomAccessReaderPromise, type ZipFile } from 'yauzl'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { FileWindow } from './fileWindow.ts'
import { filesLimit, sortFiles, type FileTree, type TreeContent, type TreeFile } from './tree.ts'
import { readZipEntry, zipEntryOf, type ZipEntry } from './zipEntry.ts'

/** A tree over a zip archive that is read in place. */
export interface ZipTree extends FileTree {
  window: FileWindow
  entryOf(file: TreeFile): ZipEntry
}

/** yauzl refuses names that lead out of the archive; its words begin like this. */
const unsafe = /^(invalid relative path|absolute path|invalid characters in fileName): (.*)$/s

function listError(path: string, thrown: unknown): SpikedeskError {
  if (thrown instanceof SpikedeskError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  const name = unsafe.exec(message)?.[2]
  if (name !== undefined)
    return new SpikedeskError('archive.unsafeName', { file: path, name: name.slice(0, 200) })
  return new SpikedeskError('archive.damaged', { file: path }, thrown)
}

async function listEntries(zip: ZipFile, window: FileWindow): Promise<Map<TreeFile, ZipEntry>> {
  const entries = new Map<TreeFile, ZipEntry>()
  const names = new Set<string>()
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName
    if (name.endsWith('/') || name.startsWith('__MACOSX/') || /(^|\/)\./.test(name)) continue
    if (names.has(name)) throw new SpikedeskError('archive.nameTwice', { file: window.path, name })
    names.add(name)
    if (names.size > filesLimit)
      throw new SpikedeskError('archive.tooMany', { path: window.path, limit: filesLimit })
    const file = { name, size: entry.uncompressedSize, place: `${window.path}: ${name}` }
    entries.set(file, zipEntryOf(entry, window))
  }
  return entries
}

/**
 * The files of a zip archive, or of one that lies inside another as `window` says; nothing is unpacked to disk.
 * @throws SpikedeskError `archive.` codes, `dataset.notFound`, `dataset.unreadable`
 */
export async function openZipTree(path: string, window = FileWindow.open(path)): Promise<ZipTree> {
  try {
    const options = { autoClose: false, lazyEntries: true }
    const zip = await fromRandomAccessReaderPromise(window, window.size, options)
    const entries = await listEntries(zip, window)
    return {
      path,
      window,
      files: sortFiles([...entries.keys()]),
      sources: [path],
      random: true,
      entryOf: (file) => entries.get(file) as ZipEntry,
      async *read(wanted) {
        for (const file of wanted) {
          const entry = entries.get(file) as ZipEntry
          let content: TreeContent
          try {
            content = { file, bytes: readZipEntry(window, entry, file.name) }
          } catch (error) {
            content = { file, error }
          }
          yield content
        }
      },
      close: () => Promise.resolve(window.release()),
    }
  } catch (thrown) {
    window.release()
    throw listError(path, thrown)
  }
}
