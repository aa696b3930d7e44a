import { join } from 'node:path'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { looksLikeIdx, readIdxHeader } from './idx.ts'
import { groupIdxFiles, parseIdxName, partnerName, type IdxGroup } from './idxNames.ts'
import { holdsNoImages, locate, type DataLocation } from './location.ts'
import { readHead } from './read.ts'

/** Absolute paths of the images and labels of one split. */
export interface IdxPair {
  images: string
  labels: string
}

/** Which files make a dataset: at least one split is there. */
export interface IdxFiles {
  folder: string
  prefix: string
  train: IdxPair | null
  test: IdxPair | null
}

/** Folders in which publications keep their files: torchvision's `raw`, the `gzip` of EMNIST's archive. */
const innerFolders = ['raw', 'gzip']
/** So many files without a telling name are looked into. */
const probeLimit = 64

/** Finds the files that belong together. Throws a SpikedeskError that says what is missing. */
export async function findIdxFiles(location: DataLocation): Promise<IdxFiles> {
  if (location.selected !== null) return filesOfSelected(location, location.selected)
  const folder = await folderWithFiles(location)
  const groups = groupIdxFiles(folder.files)
  if (groups.size === 0) return filesByContent(folder)
  if (groups.size > 1) {
    const names = [...groups.keys()].map((prefix) => prefix || 'no prefix').join(', ')
    throw new SpikedeskError('dataset.ambiguous', { path: folder.path, count: groups.size, names })
  }
  const [[prefix, group]] = groups
  const { path } = folder
  return { folder: path, prefix, train: pairOf(path, group.train), test: pairOf(path, group.test) }
}

/** Whether a folder has files of the family in it, by name or by content. */
export async function hasIdxFiles(location: DataLocation): Promise<boolean> {
  const folder = await folderWithFiles(location)
  if (groupIdxFiles(folder.files).size > 0) return true
  const { images, labels } = await probe(folder)
  return images.length + labels.length > 0
}

/** The folder itself, or the one inside it that has the files: `raw`, `gzip`, `MNIST/raw`. */
async function folderWithFiles(location: DataLocation): Promise<DataLocation> {
  if (groupIdxFiles(location.files).size > 0) return location
  const inner = [
    ...innerFolders.filter((name) => location.folders.includes(name)).map((name) => [name]),
    ...location.folders.slice(0, probeLimit).map((name) => [name, 'raw']),
  ]
  const found: DataLocation[] = []
  for (const steps of inner) {
    const candidate = await locate(join(location.path, ...steps)).catch(() => null)
    if (candidate?.kind === 'folder' && groupIdxFiles(candidate.files).size > 0) found.push(candidate)
  }
  if (found.length > 1) {
    const names = found.map((folder) => folder.path.slice(location.path.length + 1)).join(', ')
    throw new SpikedeskError('dataset.ambiguous', { path: location.path, count: found.length, names })
  }
  return found[0] ?? location
}

function pairOf(folder: string, { images, labels }: IdxGroup['train']): IdxPair | null {
  if (images === undefined && labels === undefined) return null
  if (images === undefined) throw missingImages(folder, labels ?? '')
  if (labels === undefined) throw missingLabels(folder, images)
  return { images: join(folder, images), labels: join(folder, labels) }
}

function missingLabels(folder: string, images: string): SpikedeskError {
  return new SpikedeskError('dataset.noLabels', { file: join(folder, images), wanted: partnerName(images) })
}

function missingImages(folder: string, labels: string): SpikedeskError {
  return new SpikedeskError('dataset.noImages', { file: join(folder, labels), wanted: partnerName(labels) })
}

async function filesOfSelected(location: DataLocation, selected: string): Promise<IdxFiles> {
  const { folder } = location
  const header = await readIdxHeader(join(folder, selected))
  const content = header.sizes.length === 1 ? 'labels' : 'images'
  const name = parseIdxName(selected)
  if (!name || name.content !== content) {
    return { folder, prefix: '', train: await pairByContent(location, selected, content), test: null }
  }
  const group = groupIdxFiles(location.files).get(name.prefix) ?? { train: {}, test: {} }
  const chosen = pairOf(folder, { ...group[name.split], [content]: selected })
  const otherSplit = name.split === 'train' ? 'test' : 'train'
  const other = group[otherSplit]
  // The other split was not asked for, so it comes along only where it is whole.
  const companion = other.images && other.labels ? pairOf(folder, other) : null
  return {
    folder,
    prefix: name.prefix,
    train: null,
    test: null,
    [name.split]: chosen,
    [otherSplit]: companion,
  }
}

/** The partner of a file whose name says nothing: by the usual name, or the only one of its kind in the folder. */
async function pairByContent(
  location: DataLocation,
  selected: string,
  content: 'images' | 'labels',
): Promise<IdxPair> {
  const wanted = content === 'images' ? 'labels' : 'images'
  const usual = partnerName(selected)
  const named = [usual, `${usual}.gz`].find((file) => location.files.includes(file))
  const probed = named ? [named] : (await probe(location))[wanted]
  if (probed.length !== 1) {
    const { folder } = location
    throw content === 'images' ? missingLabels(folder, selected) : missingImages(folder, selected)
  }
  const own = join(location.folder, selected)
  const partner = join(location.folder, probed[0])
  return content === 'images' ? { images: own, labels: partner } : { images: partner, labels: own }
}

async function filesByContent(location: DataLocation): Promise<IdxFiles> {
  const { images, labels } = await probe(location)
  if (images.length === 1 && labels.length === 1) {
    const pair = { images: join(location.path, images[0]), labels: join(location.path, labels[0]) }
    return { folder: location.path, prefix: '', train: pair, test: null }
  }
  if (images.length > 1) {
    throw new SpikedeskError('dataset.ambiguous', {
      path: location.path,
      count: images.length,
      names: images.join(', '),
    })
  }
  if (images.length === 1) throw missingLabels(location.path, images[0])
  if (labels.length >= 1) throw missingImages(location.path, labels[0])
  throw holdsNoImages(location)
}

/** Looks into the files of a folder for unsigned bytes in IDX; what cannot be read is passed over. */
async function probe(location: DataLocation): Promise<{ images: string[]; labels: string[] }> {
  const found = { images: [] as string[], labels: [] as string[] }
  for (const file of location.files.slice(0, probeLimit)) {
    const head = await readHead(join(location.folder, file)).catch(() => null)
    if (!head || !looksLikeIdx(head.bytes) || head.bytes[2] !== 0x08) continue
    if (head.bytes[3] === 1) found.labels.push(file)
    else found.images.push(file)
  }
  return found
}
