import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { shapeText } from '../../src-shared/model/layerDefinition.ts'
import { checksumOf } from './checksum.ts'
import { numberedClasses, requireClasses } from './classes.ts'
import type { ImageSplit } from './dataset.ts'
import { familyOfContent, familyOfName, type Family, type FileRole } from './families.ts'
import type { OpenedDataset, OpenedFormat } from './format.ts'
import { imageShape, labelCount, looksLikeIdx, readIdxContent, readIdxHeader, type IdxHeader } from './idx.ts'
import { findIdxFiles, hasIdxFiles, type IdxFiles, type IdxPair } from './idxFiles.ts'
import type { DataLocation } from './location.ts'
import { placeName, slug } from './naming.ts'
import { readHead, type FileContent } from './read.ts'

/** Sets of the MNIST family: pairs of IDX files, plain or gzip, see `idx.ts` and `idxNames.ts`. */
export const idxFormat: OpenedFormat = {
  id: 'idx',
  label: 'IDX (MNIST family)',
  async match(location) {
    if (location.kind === 'folder') return hasIdxFiles(location)
    return looksLikeIdx((await readHead(location.path)).bytes)
  },
  open: openIdx,
}

interface Headers {
  images: IdxHeader
  labels: IdxHeader
}

interface Decoded {
  split: ImageSplit
  images: FileContent
  labels: FileContent
}

const emptySplit: ImageSplit = { count: 0, images: new Uint8Array(0), labels: new Uint8Array(0) }

async function openIdx(location: DataLocation): Promise<OpenedDataset> {
  const files = await findIdxFiles(location)
  const trainHeaders = files.train && (await readHeaders(files.train))
  const testHeaders = files.test && (await readHeaders(files.test))
  const shape = commonShape(trainHeaders, testHeaders)
  const train = trainHeaders && (await decode(trainHeaders))
  const test = testHeaders && (await decode(testHeaders))

  const known = familyOfContent(contentsByRole(train, test))
  const hinted = known ?? familyOfName(files.prefix || placeName(files.folder))
  const labelled = [
    { labels: train?.split.labels, file: files.train?.labels },
    { labels: test?.split.labels, file: files.test?.labels },
  ].flatMap(({ labels, file }) => (labels && file ? [{ labels, file }] : []))
  if (hinted) requireClasses(labelled, hinted.classes.length)

  const splits = { train: train?.split ?? emptySplit, test: test?.split ?? emptySplit }
  const headers = [trainHeaders, testHeaders].flatMap((pair) => (pair ? [pair.images, pair.labels] : []))
  return {
    dataset: {
      kind: 'images',
      ...nameOf(files, known, hinted),
      format: idxFormat.label,
      path: location.path,
      shape,
      classes: hinted ? [...hinted.classes] : numberedClasses(labelled),
      ...splits,
      checksum: await checksumOf(splits.train, splits.test),
      known: known?.name ?? null,
      bytesOnDisk: headers.reduce((sum, header) => sum + header.head.size, 0),
    },
    files: headers.map((header) => header.head.path),
  }
}

/** Reads both headers of a pair and matches them, before anything large is read. */
async function readHeaders(pair: IdxPair): Promise<Headers> {
  const images = await readIdxHeader(pair.images)
  const labels = await readIdxHeader(pair.labels)
  imageShape(images)
  const imageCount = images.sizes[0]
  const labelsFound = labelCount(labels)
  if (imageCount !== labelsFound) {
    throw new SpikedeskError('dataset.countMismatch', {
      images: pair.images,
      imageCount,
      labels: pair.labels,
      labelCount: labelsFound,
    })
  }
  return { images, labels }
}

function commonShape(train: Headers | null, test: Headers | null): number[] {
  const shapes = [train, test].flatMap((headers) => (headers ? [imageShape(headers.images)] : []))
  if (train && test && shapeText(shapes[0]) !== shapeText(shapes[1])) {
    throw new SpikedeskError('dataset.shapesDiffer', {
      train: train.images.head.path,
      trainShape: shapeText(shapes[0]),
      test: test.images.head.path,
      testShape: shapeText(shapes[1]),
    })
  }
  return shapes[0]
}

async function decode(headers: Headers): Promise<Decoded> {
  const images = await readIdxContent(headers.images)
  const labels = await readIdxContent(headers.labels)
  return {
    split: { count: headers.images.sizes[0], images: images.bytes, labels: labels.bytes },
    images,
    labels,
  }
}

function contentsByRole(train: Decoded | null, test: Decoded | null): Partial<Record<FileRole, FileContent>> {
  return {
    ...(train && { trainImages: train.images, trainLabels: train.labels }),
    ...(test && { testImages: test.images, testLabels: test.labels }),
  }
}

/** What the dataset is called. Only a checksum gives it a publication's name; a hint is said to be one. */
function nameOf(files: IdxFiles, known: Family | undefined, hinted: Family | undefined) {
  if (known) return { id: known.id, name: known.name, origin: known.origin, licence: known.licence }
  const name = files.prefix || placeName(files.folder) || 'dataset'
  const origin = hinted
    ? `by its name ${hinted.name}, but its checksums are not those of the publication`
    : 'a folder of this machine'
  return { id: slug(name), name, origin, licence: 'unknown' }
}
