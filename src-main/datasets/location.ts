import type { Stats } from 'node:fs'
import { opendir, stat } from 'node:fs/promises'
import { basename, dirname, resolve } from 'node:path'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { Phrase } from '../../src-shared/errors/phrases.ts'
import { reasonOf, systemCode } from '../../src-shared/errors/reason.ts'

/** More names than this are not looked at; a folder of single pictures is not listed to its end. */
const nameLimit = 10_000

/** What a path leads to: one file, or a folder with the names of the files and folders in it, sorted. */
export interface DataLocation {
  /** Absolute. */
  path: string
  kind: 'file' | 'folder'
  folder: string
  /** The file that was named; null where a folder was. */
  selected: string | null
  files: string[]
  folders: string[]
}

/** The error for a path that could not be looked at. */
export function unreadable(path: string, thrown: unknown): SpikedeskError {
  if (thrown instanceof SpikedeskError) return thrown
  const code = systemCode(thrown)
  if (code === 'ENOENT' || code === 'ENOTDIR') return new SpikedeskError('dataset.notFound', { path }, thrown)
  return new SpikedeskError('dataset.unreadable', { path, reason: reasonOf(thrown) }, thrown)
}

async function statOf(path: string): Promise<Stats> {
  try {
    return await stat(path)
  } catch (thrown) {
    throw unreadable(path, thrown)
  }
}

async function listFolder(folder: string): Promise<{ files: string[]; folders: string[] }> {
  const files: string[] = []
  const folders: string[] = []
  try {
    for await (const entry of await opendir(folder)) {
      if (entry.isDirectory()) folders.push(entry.name)
      else if (entry.isFile() || entry.isSymbolicLink()) files.push(entry.name)
      if (files.length + folders.length >= nameLimit) break
    }
  } catch (thrown) {
    throw unreadable(folder, thrown)
  }
  return { files: files.sort(), folders: folders.sort() }
}

/**
 * Looks at a path.
 * @throws SpikedeskError `dataset.notFound`, `dataset.unreadable`, or `dataset.notData` for devices, pipes and
 * sockets, which are never opened.
 */
export async function locate(path: string): Promise<DataLocation> {
  const absolute = resolve(path)
  const stats = await statOf(absolute)
  if (stats.isDirectory()) {
    return {
      path: absolute,
      kind: 'folder',
      folder: absolute,
      selected: null,
      ...(await listFolder(absolute)),
    }
  }
  if (!stats.isFile()) {
    throw new SpikedeskError('dataset.notData', { path: absolute, found: { phrase: 'file.device' } })
  }
  const folder = dirname(absolute)
  // A file may be readable in a folder that is not: then it stands alone.
  const beside = await listFolder(folder).catch(() => ({ files: [basename(absolute)], folders: [] }))
  return { path: absolute, kind: 'file', folder, selected: basename(absolute), ...beside }
}

/** The error for a folder in which no format finds images: it names the first things that lie there. */
export function holdsNoImages(location: DataLocation): SpikedeskError {
  const names = [...location.files, ...location.folders.map((name) => `${name}/`)]
  const first = names.slice(0, 3).join(', ')
  const shown: string | Phrase =
    names.length > 3 ? { phrase: 'holds.more', names: first, count: names.length - 3 } : first
  return new SpikedeskError('dataset.noImagesInFolder', {
    path: location.path,
    holds: names.length === 0 ? { phrase: 'holds.nothing' } : shown,
  })
}
