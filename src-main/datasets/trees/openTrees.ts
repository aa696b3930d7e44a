import { basename, join } from 'node:path'
import type { DataLocation } from '../location.ts'
import { openFolderTree } from './folderTree.ts'
import { nestedZips } from './nestedZip.ts'
import { openTarTree } from './tarTree.ts'
import type { FileTree, TreeFile } from './tree.ts'
import { openZipTree } from './zipTree.ts'

/** The trees in which the samples of a location lie: the folder itself, or the archives that hold it. */
export interface Trees {
  /** Sorted by name; the name of an archive stands before the names in it. */
  files: TreeFile[]
  /** Paths of the archives; empty where the files lie in folders. */
  archives: string[]
  random: boolean
  read: FileTree['read']
  close(): Promise<void>
}

const isArchive = (name: string): boolean => /\.(zip|tar\.gz|tgz)$/i.test(name)

interface NamedTree {
  prefix: string
  tree: FileTree
}

function stem(path: string): string {
  return basename(path).replace(/\.(tar\.gz|\w+)$/i, '')
}

async function openArchive(path: string): Promise<NamedTree[]> {
  if (!/\.zip$/i.test(path)) return [{ prefix: `${stem(path)}/`, tree: await openTarTree(path) }]
  const tree = openZipTree(path)
  try {
    const inner = await nestedZips(tree)
    return [
      { prefix: `${stem(path)}/`, tree },
      ...inner.map((zip) => ({ prefix: `${stem(zip.path)}/`, tree: zip })),
    ]
  } catch (thrown) {
    await tree.close()
    throw thrown
  }
}

/** An archive named by one split belongs to the only one beside it that is named by the other. */
function companions({ files, selected }: DataLocation): string[] {
  const other = /train/i.test(selected ?? '') ? /test/i : /test/i.test(selected ?? '') ? /train/i : null
  const found = other ? files.filter((name) => isArchive(name) && other.test(name)) : []
  return found.length === 1 ? found : []
}

function archivesOf(location: DataLocation): string[] {
  const { kind, folder, selected, files, folders } = location
  if (kind === 'file') return selected && isArchive(selected) ? [selected, ...companions(location)] : []
  const zips = files.filter(isArchive)
  // Archives beside folders were most likely unpacked into them.
  return folders.length === 0
    ? zips
    : zips.filter((name) => !folders.includes(stem(join(folder, name))) && zips.length > 1)
}

function joined(named: readonly NamedTree[], archives: string[]): Trees {
  const owner = new Map<TreeFile, { tree: FileTree; file: TreeFile }>()
  for (const { prefix, tree } of named) {
    for (const file of tree.files) owner.set({ ...file, name: prefix + file.name }, { tree, file })
  }
  const files = [...owner.keys()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return {
    files,
    archives,
    random: named.every(({ tree }) => tree.random),
    async *read(wanted) {
      for (const { tree } of named) {
        const outer = new Map(
          wanted.flatMap((file) => {
            const found = owner.get(file)
            return found?.tree === tree ? [[found.file, file] as const] : []
          }),
        )
        for await (const content of tree.read([...outer.keys()]))
          yield { ...content, file: outer.get(content.file) as TreeFile }
      }
    },
    async close() {
      for (const { tree } of [...named].reverse()) await tree.close()
    },
  }
}

/**
 * Opens whatever holds the files of a location.
 * @throws SpikedeskError `archive.` codes, `dataset.unreadable`
 */
export async function openTrees(location: DataLocation): Promise<Trees> {
  const archives = archivesOf(location).map((name) => join(location.folder, name))
  const named: NamedTree[] = []
  try {
    for (const path of archives) named.push(...(await openArchive(path)))
    if (archives.length === 0 && location.kind === 'folder')
      named.push({ prefix: '', tree: await openFolderTree(location.path) })
    return joined(named, archives)
  } catch (thrown) {
    for (const { tree } of named.reverse()) await tree.close()
    throw thrown
  }
}
