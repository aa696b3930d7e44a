import { opendir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { unreadable } from '../location.ts'
import { fileLimit, filesLimit, sortFiles, type FileTree, type TreeContent, type TreeFile } from './tree.ts'

/** Folders within folders that are gone into. */
const depthLimit = 6
/** Files whose sizes are asked for at the same time. */
const statsAtOnce = 64

async function listNames(root: string): Promise<string[]> {
  const names: string[] = []
  const walk = async (folder: string, prefix: string, depth: number): Promise<void> => {
    for await (const entry of await opendir(folder)) {
      if (entry.name.startsWith('.') || entry.name === '__MACOSX') continue
      const name = prefix + entry.name
      if (entry.isDirectory()) {
        if (depth < depthLimit) await walk(join(folder, entry.name), `${name}/`, depth + 1)
      } else if (entry.isFile() || entry.isSymbolicLink()) {
        if (names.push(name) > filesLimit)
          throw new SpikedeskError('archive.tooMany', { path: root, limit: filesLimit })
      }
    }
  }
  try {
    await walk(root, '', 0)
  } catch (thrown) {
    throw unreadable(root, thrown)
  }
  return names
}

/** Sizes of the files; links to anything but a file are passed over. */
async function withSizes(root: string, names: readonly string[]): Promise<TreeFile[]> {
  const files: TreeFile[] = []
  for (let at = 0; at < names.length; at += statsAtOnce) {
    const part = names.slice(at, at + statsAtOnce).map(async (name) => {
      const place = join(root, name)
      const stats = await stat(place).catch(() => null)
      return stats?.isFile() ? [{ name, size: stats.size, place }] : []
    })
    files.push(...(await Promise.all(part)).flat())
  }
  return sortFiles(files)
}

async function readOne(file: TreeFile): Promise<TreeContent> {
  try {
    if (file.size > fileLimit) {
      const data = { file: file.place, found: file.size, limit: fileLimit }
      throw new SpikedeskError('dataset.fileTooLarge', data)
    }
    return { file, bytes: await readFile(file.place) }
  } catch (thrown) {
    return { file, error: unreadable(file.place, thrown) }
  }
}

/** All files below a folder, hidden ones left out. Throws `dataset.unreadable`, `archive.tooMany`. */
export async function openFolderTree(path: string): Promise<FileTree> {
  const files = await withSizes(path, await listNames(path))
  return {
    path,
    files,
    sources: [path],
    random: true,
    async *read(wanted) {
      // The next file is on its way while this one is decoded.
      let next = wanted.length > 0 ? readOne(wanted[0]) : null
      for (let i = 0; next; i++) {
        const content: TreeContent = await next
        next = i + 1 < wanted.length ? readOne(wanted[i + 1]) : null
        yield content
      }
    },
    close: () => Promise.resolve(),
  }
}
