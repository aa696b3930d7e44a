import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { checksumOf } from '../checksum.ts'
import { requireClasses } from '../classes.ts'
import type { ImageSplit } from '../dataset.ts'
import type { OpenedFormat } from '../format.ts'
import { unreadable } from '../location.ts'
import { openTrees } from '../trees/openTrees.ts'
import type { FileTree, TreeFile } from '../trees/tree.ts'

/**
 * The binary version of CIFAR-10 (Krizhevsky 2009): records of a label and 3 × 32 × 32 bytes, red, green and blue one
 * after the other, in `data_batch_1.bin` to `data_batch_5.bin` and `test_batch.bin`.
 */
const shape = [3, 32, 32]
const imageBytes = 3072
const recordBytes = 1 + imageBytes
const classes = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck']
const batchName = /(^|\/)(data_batch_[1-5]|test_batch)\.bin$/
/** The publication has so many images. */
const published = { train: 50_000, test: 10_000 }

async function readSplit(read: FileTree['read'], files: readonly TreeFile[]): Promise<ImageSplit> {
  const batches: Uint8Array[] = []
  for await (const content of read(files)) {
    if ('error' in content) throw unreadable(content.file.place, content.error)
    const { file, bytes } = content
    if (bytes.length === 0) throw new SpikedeskError('dataset.empty', { file: file.place })
    if (bytes.length % recordBytes !== 0) {
      const data = { file: file.place, found: bytes.length, wanted: recordBytes }
      throw new SpikedeskError('dataset.recordLength', data)
    }
    const labels = Uint8Array.from({ length: bytes.length / recordBytes }, (_, i) => bytes[i * recordBytes])
    requireClasses([{ labels, file: file.place }], classes.length)
    batches.push(bytes)
  }
  const count = batches.reduce((sum, bytes) => sum + bytes.length / recordBytes, 0)
  const images = new Uint8Array(count * imageBytes)
  const labels = new Uint8Array(count)
  let at = 0
  for (const bytes of batches) {
    for (let place = 0; place < bytes.length; place += recordBytes, at++) {
      labels[at] = bytes[place]
      images.set(bytes.subarray(place + 1, place + recordBytes), at * imageBytes)
    }
  }
  return { count, images, labels }
}

export const cifar10: OpenedFormat = {
  id: 'cifar10',
  label: 'CIFAR-10 (binary version)',
  match({ kind, path, files, folders }) {
    const named =
      kind === 'file' ? batchName.test(path) || /cifar-?10-binary.*\.(zip|tar\.gz|tgz)$/i.test(path) : null
    return Promise.resolve(
      named ?? (files.some((name) => batchName.test(name)) || folders.includes('cifar-10-batches-bin')),
    )
  },
  async open(location) {
    const folder = batchName.test(location.path)
      ? { ...location, kind: 'folder' as const, path: location.folder }
      : location
    const trees = await openTrees(folder)
    try {
      const files = trees.files.filter(({ name }) => batchName.test(name))
      if (files.length === 0)
        throw new SpikedeskError('dataset.missingFile', {
          path: location.path,
          wanted: 'data_batch_1.bin',
          name: 'CIFAR-10',
        })
      const isTest = ({ name }: TreeFile): boolean => name.endsWith('test_batch.bin')
      const train = await readSplit(
        trees.read,
        files.filter((file) => !isTest(file)),
      )
      const test = await readSplit(trees.read, files.filter(isTest))
      const whole = train.count === published.train && test.count === published.test
      return {
        dataset: {
          kind: 'images',
          ...{ id: 'cifar-10', name: 'CIFAR-10', format: cifar10.label, path: location.path },
          origin: `by its layout CIFAR-10 (Krizhevsky 2009)${whole ? '' : ', but not all of it'}`,
          licence: 'not stated by its publishers',
          ...{ shape: [...shape], classes: [...classes], train, test, known: null },
          checksum: await checksumOf(train, test),
          bytesOnDisk: files.reduce((sum, { size }) => sum + size, 0),
        },
        files: trees.archives.length > 0 ? trees.archives : files.map(({ place }) => place),
      }
    } finally {
      await trees.close()
    }
  },
}
