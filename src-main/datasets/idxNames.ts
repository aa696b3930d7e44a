/**
 * The names under which files of the MNIST family lie in a folder: `train-images-idx3-ubyte.gz`,
 * `t10k-labels.idx1-ubyte`, `emnist-letters-test-images-idx3-ubyte` and their like.
 */

export interface IdxName {
  file: string
  /** What stands before the split, e.g. `emnist-letters`; empty for MNIST itself. */
  prefix: string
  split: 'train' | 'test'
  content: 'images' | 'labels'
}

/** Files of one prefix, at most one for each split and content. */
export type IdxGroup = Record<'train' | 'test', { images?: string; labels?: string }>

const packedEnding = /\.gz(ip)?$/
const formatEnding = /[-_. ]?(idx\d?([-_. ]?ubyte)?|ubyte)$/
const pattern = /^(?:(.*?)[-_. ])?(train(?:ing)?|t10k|test(?:ing)?)[-_. ]?(images?|imgs?|labels?)$/

/** Reads what a file's name says; null where it does not say split and content. */
export function parseIdxName(file: string): IdxName | null {
  const bare = file.toLowerCase().replace(packedEnding, '').replace(formatEnding, '')
  const match = pattern.exec(bare)
  if (!match) return null
  const [, prefix = '', split, content] = match
  return {
    file,
    prefix,
    split: split.startsWith('train') ? 'train' : 'test',
    content: content.startsWith('label') ? 'labels' : 'images',
  }
}

/**
 * Sorts the files of a folder by prefix. Where a file lies there both plain and packed, the plain one is taken,
 * because it is read faster; `files` must be sorted, so that it comes first.
 */
export function groupIdxFiles(files: readonly string[]): Map<string, IdxGroup> {
  const groups = new Map<string, IdxGroup>()
  for (const file of files) {
    const name = parseIdxName(file)
    if (!name) continue
    const group = groups.get(name.prefix) ?? { train: {}, test: {} }
    group[name.split][name.content] ??= file
    groups.set(name.prefix, group)
  }
  return groups
}

/** The usual name of the file that belongs to this one: labels for images and the other way round. */
export function partnerName(file: string): string {
  const bare = file.replace(/\.gz(ip)?$/i, '')
  const toLabels = (text: string): string => text.replace(/images?|imgs?/i, 'labels').replace(/idx3/i, 'idx1')
  const toImages = (text: string): string => text.replace(/labels?/i, 'images').replace(/idx1/i, 'idx3')
  const partner = /labels?/i.test(bare) ? toImages(bare) : toLabels(bare)
  return partner === bare ? `${bare}-labels` : partner
}
