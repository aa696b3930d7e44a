import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Split } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { elementsOf, npyValues, readNpy, type NpyArray } from '../arrays/npy.ts'
import { looksLikeZip, readNpz } from '../arrays/npz.ts'
import { checksumOf } from '../checksum.ts'
import { numberedClasses } from '../classes.ts'
import type { ImageSplit } from '../dataset.ts'
import type { OpenedDataset, OpenedFormat } from '../format.ts'
import { unreadable, type DataLocation } from '../location.ts'
import { placeName, slug } from '../naming.ts'
import { readHead } from '../read.ts'

/**
 * Images and labels as arrays of NumPy, in an `.npz` file or as `.npy` files of a folder: `x_train`, `y_train`,
 * `x_test`, `y_test`, or `train_images`, `train_labels` and so on.
 */
const sizeLimit = 2 ** 31

interface Names {
  images: string
  labels: string
}

const wanted: Readonly<Record<Split, readonly Names[]>> = {
  train: [
    { images: 'x_train', labels: 'y_train' },
    { images: 'train_images', labels: 'train_labels' },
    { images: 'images', labels: 'labels' },
    { images: 'x', labels: 'y' },
  ],
  test: [
    { images: 'x_test', labels: 'y_test' },
    { images: 'test_images', labels: 'test_labels' },
  ],
}

function findNames(names: readonly string[], split: Split): Names | undefined {
  const lower = new Map(names.map((name) => [name.toLowerCase(), name]))
  for (const { images, labels } of wanted[split]) {
    const found = { images: lower.get(images), labels: lower.get(labels) }
    if (found.images !== undefined && found.labels !== undefined)
      return { images: found.images, labels: found.labels }
  }
  return undefined
}

/** Arrays by name, wherever they lie. */
interface Arrays {
  names: string[]
  array(name: string): Promise<NpyArray>
  files: string[]
  bytes: number
}

async function readWhole(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path)
    if (size > sizeLimit)
      throw new SpikedeskError('dataset.fileTooLarge', { file: path, found: size, limit: sizeLimit })
    return await readFile(path)
  } catch (thrown) {
    throw unreadable(path, thrown)
  }
}

async function arraysOf({ kind, path, folder, files }: DataLocation): Promise<Arrays> {
  if (kind === 'file') {
    const content = await readWhole(path)
    const archive = readNpz(content, path)
    return {
      names: archive.names,
      array: (name) => Promise.resolve().then(() => archive.array(name)),
      files: [path],
      bytes: content.length,
    }
  }
  const arrays = files.filter((name) => name.endsWith('.npy'))
  const paths = arrays.map((name) => join(folder, name))
  const sizes = await Promise.all(paths.map(async (file) => (await stat(file)).size))
  return {
    names: arrays.map((name) => name.slice(0, -'.npy'.length)),
    array: async (name) => readNpy(await readWhole(join(folder, `${name}.npy`)), join(folder, `${name}.npy`)),
    files: paths,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  }
}

function refuseShape(
  file: string,
  { shape }: NpyArray,
  phrase: 'wanted.imageArray' | 'wanted.labelArray',
): never {
  throw new SpikedeskError('array.shape', { file, found: `[${shape.join(', ')}]`, wanted: { phrase } })
}

/** `[C,H,W]`, and whether the channels stand last. */
function imageLayout(array: NpyArray, file: string): { shape: number[]; last: boolean } {
  const [, a, b, c] = array.shape
  const { length } = array.shape
  if (array.shape[0] > 0 && elementsOf(array) > 0 && !array.columns) {
    if (length === 3) return { shape: [1, a, b], last: false }
    if (length === 4 && (c === 1 || c === 3)) return { shape: [c, a, b], last: true }
    if (length === 4 && (a === 1 || a === 3)) return { shape: [a, b, c], last: false }
  }
  return refuseShape(file, array, 'wanted.imageArray')
}

function channelsFirst(bytes: Uint8Array, [channels, height, width]: readonly number[]): Uint8Array {
  const plane = height * width
  const turned = new Uint8Array(bytes.length)
  for (let at = 0; at < bytes.length; at += channels * plane) {
    for (let i = 0; i < plane; i++) {
      for (let c = 0; c < channels; c++) turned[at + c * plane + i] = bytes[at + i * channels + c]
    }
  }
  return turned
}

interface ArraySplit {
  split: ImageSplit
  shape: number[]
  file: string
}

async function readSplit(arrays: Arrays, names: Names, path: string): Promise<ArraySplit> {
  const file = `${path}: ${names.images}`
  const images = await arrays.array(names.images)
  if (images.fields.length !== 1 || images.fields[0].dtype.name !== 'uint8') {
    const data = { file, found: images.fields.map(({ dtype }) => dtype.name).join(', ') }
    throw new SpikedeskError('array.type', { ...data, wanted: { phrase: 'wanted.bytes' } })
  }
  const { shape, last } = imageLayout(images, file)
  const { buffer, byteOffset, byteLength } = images.data
  const bytes = new Uint8Array(buffer, byteOffset, byteLength)
  const labels = await arrays.array(names.labels)
  const count = images.shape[0]
  const labelFile = `${path}: ${names.labels}`
  if (elementsOf(labels) !== count) return refuseShape(labelFile, labels, 'wanted.labelArray')
  const values = npyValues(labels, labels.fields[0])
  const wrong = values.findIndex((value) => !Number.isInteger(value) || value < 0 || value > 255)
  if (wrong >= 0) {
    const data = { file: labelFile, label: String(values[wrong]), index: wrong, classes: 256, last: 255 }
    throw new SpikedeskError('dataset.labelRange', data)
  }
  const pixels = last && shape[0] > 1 ? channelsFirst(bytes, shape) : bytes
  return { split: { count, images: pixels, labels: Uint8Array.from(values) }, shape, file: labelFile }
}

const emptySplit: ImageSplit = { count: 0, images: new Uint8Array(0), labels: new Uint8Array(0) }

async function openArrays(location: DataLocation): Promise<OpenedDataset> {
  const { path } = location
  const arrays = await arraysOf(location)
  const names = { train: findNames(arrays.names, 'train'), test: findNames(arrays.names, 'test') }
  const train = names.train && (await readSplit(arrays, names.train, path))
  const test = names.test && (await readSplit(arrays, names.test, path))
  const found = [train, test].filter((part) => part !== undefined)
  const [first] = found
  if (!first) {
    const holds = arrays.names.slice(0, 8).join(', ')
    throw new SpikedeskError('array.missing', { file: path, wanted: 'x_train', holds })
  }
  const shown = (part: ArraySplit): string => part.shape.join(' × ')
  if (train && test && shown(train) !== shown(test)) {
    const data = { train: train.file, trainShape: shown(train), test: test.file, testShape: shown(test) }
    throw new SpikedeskError('dataset.shapesDiffer', data)
  }
  const splits = { train: train?.split ?? emptySplit, test: test?.split ?? emptySplit }
  const name = placeName(path) || 'dataset'
  return {
    dataset: {
      kind: 'images',
      ...{ id: slug(name), name, format: numpyImages.label, path },
      ...{ origin: 'a file of this machine', licence: 'unknown', shape: first.shape, known: null, ...splits },
      classes: numberedClasses(found.map(({ split, file }) => ({ labels: split.labels, file }))),
      checksum: await checksumOf(splits.train, splits.test),
      bytesOnDisk: arrays.bytes,
    },
    files: arrays.files,
  }
}

export const numpyImages: OpenedFormat = {
  id: 'numpy-images',
  label: 'NumPy arrays of images and labels (.npz, .npy)',
  async match({ kind, path, files }) {
    if (kind === 'file') return path.endsWith('.npz') && looksLikeZip((await readHead(path)).bytes)
    const names = files.filter((name) => name.endsWith('.npy')).map((name) => name.slice(0, -'.npy'.length))
    return findNames(names, 'train') !== undefined || findNames(names, 'test') !== undefined
  },
  open: openArrays,
}
