import { opendir } from 'node:fs/promises'
import { join } from 'node:path'
import type { DataLocation } from '../location.ts'
import { placeFiles } from '../eventSets/layout.ts'
import { openTrees } from './openTrees.ts'

/** So many entries of a folder are looked at, in all of its folders together, and so deep. */
const entriesLimit = 3000
const entriesOfOne = 100
const depthLimit = 4

const isArchive = (name: string): boolean => /\.(zip|tar\.gz|tgz)$/i.test(name)

/**
 * Whether a location holds files of such names in folders named by a class. Folders are looked at here and there
 * only; archives are listed.
 */
export async function holdsFiles(location: DataLocation, fits: (name: string) => boolean): Promise<boolean> {
  const { kind, path, files } = location
  if (kind === 'file' ? isArchive(path) : files.some(isArchive)) {
    const trees = await openTrees(location)
    try {
      if (trees.archives.length > 0)
        return placeFiles(trees.files.filter(({ name }) => fits(name))).length > 0
    } finally {
      await trees.close()
    }
  }
  return kind === 'folder' && folderHolds(path, fits)
}

async function folderHolds(root: string, fits: (name: string) => boolean): Promise<boolean> {
  let left = entriesLimit
  const look = async (folder: string, inside: readonly string[]): Promise<boolean> => {
    const inner: string[] = []
    let seen = 0
    for await (const entry of await opendir(folder)) {
      if (--left < 0 || ++seen > entriesOfOne) break
      if (entry.name.startsWith('.')) continue
      if (entry.isDirectory()) inner.push(entry.name)
      else if (fits(entry.name)) {
        const file = { name: [...inside, entry.name].join('/'), size: 0, place: '' }
        if (placeFiles([file]).length > 0) return true
      }
    }
    if (inside.length >= depthLimit) return false
    for (const name of inner) if (await look(join(folder, name), [...inside, name])) return true
    return false
  }
  try {
    return await look(root, [])
  } catch {
    return false
  }
}
