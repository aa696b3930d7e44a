/** A file inside a folder or archive. */
export interface TreeFile {
  /** Place below the root with `/` between its parts, e.g. `Train/0/00002.bin`. */
  name: string
  /** Bytes of its content, unpacked. */
  size: number
  /** Where it is, for messages: a path, or the path of an archive and the name in it. */
  place: string
}

/** The files below a folder or in an archive, whatever holds them. */
export interface FileTree {
  /** Of the folder or archive. */
  path: string
  /** Sorted by name, by code units. */
  files: readonly TreeFile[]
  /** Paths on disk that hold all of it, so that a change is noticed. */
  sources: string[]
  /** Whether the files can be read in any order at no cost; an archive without an index reads from its beginning. */
  random: boolean
  /**
   * Reads files one after another, in their order where `random`, else in the order of the archive.
   * A file that cannot be read comes with its error, and the reading goes on.
   */
  read(files: readonly TreeFile[]): AsyncIterable<TreeContent>
  close(): Promise<void>
}

export type TreeContent = { file: TreeFile } & ({ bytes: Uint8Array } | { error: unknown })

/** The most bytes of one file that are read at once. */
export const fileLimit = 2 ** 30

/** The most files of a tree that are looked at. */
export const filesLimit = 2_000_000

export function sortFiles(files: TreeFile[]): TreeFile[] {
  return files.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}
