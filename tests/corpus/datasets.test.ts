import { chmodSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { openDataset } from '../../src-main/datasets/open.ts'
import { requireImages } from '../../src-main/datasets/subset.ts'
import { cyclicLabels, idxHeader, idxImages, idxLabels, packed, wholeSet, writeFolder } from './idxFiles.ts'

/**
 * Good and bad files. A bad one must end in exactly its sentence, where `@` stands for the folder of the case.
 */

const trainImages = 'train-images-idx3-ubyte'
const trainLabels = 'train-labels-idx1-ubyte'
const wantedFile =
  'wanted is a dataset: IDX files as MNIST has them, NumPy arrays, or pictures or event recordings in folders by class.'
const wantedFolder =
  'wanted are IDX files such as train-images-idx3-ubyte and train-labels-idx1-ubyte (plain or .gz), or pictures or event recordings in folders by class.'

interface BadCase {
  name: string
  files: Record<string, Uint8Array | string>
  /** The file that is opened; the folder where left out. */
  open?: string
  sentence: string
}

/** A set whose training images are replaced. */
function withImages(bytes: Uint8Array | string): Record<string, Uint8Array | string> {
  return { ...wholeSet(), [trainImages]: bytes }
}

const pair = { [trainImages]: idxImages(6), [trainLabels]: idxLabels(cyclicLabels(6)) }

/** Gzip keeps the CRC-32 of the content in the eighth to fifth last byte. */
function withWrongChecksum(bytes: Buffer): Buffer {
  return bytes.fill(0, bytes.length - 8, bytes.length - 4)
}

const bad: readonly BadCase[] = [
  {
    name: 'truncated images',
    files: withImages(idxImages(6).subarray(0, 50)),
    sentence: `@/${trainImages} ends too early: 50 of the 88 bytes that its header announces are there. Copy or download it again.`,
  },
  {
    name: 'images cut inside the header',
    files: withImages(idxImages(6).subarray(0, 9)),
    sentence: `@/${trainImages} ends too early: 9 of the 16 bytes that its header announces are there. Copy or download it again.`,
  },
  {
    name: 'gzip of truncated images',
    files: { ...pair, [trainImages]: packed(idxImages(6).subarray(0, 50)) },
    sentence: `@/${trainImages} ends too early: 50 of the 88 bytes that its header announces are there. Copy or download it again.`,
  },
  {
    name: 'truncated gzip',
    files: { ...pair, [trainImages]: packed(idxImages(6)).subarray(0, 60) },
    sentence: `@/${trainImages} ends too early: 49 of the 88 bytes that its header announces are there. Copy or download it again.`,
  },
  {
    name: 'damaged gzip',
    files: { ...pair, [trainImages]: packed(idxImages(6)).fill(0x55, 12, 40) },
    sentence: `@/${trainImages} cannot be unpacked: its gzip data are damaged. Copy or download it again.`,
  },
  {
    name: 'gzip with a wrong checksum at its end',
    files: { ...pair, [trainImages]: withWrongChecksum(packed(idxImages(6))) },
    sentence: `@/${trainImages} cannot be unpacked: its gzip data are damaged. Copy or download it again.`,
  },
  {
    name: 'more bytes than announced',
    files: withImages(Buffer.concat([idxImages(6), Buffer.alloc(1)])),
    sentence: `@/${trainImages} goes on after the 88 bytes that its header announces, so the file is damaged; copy or download it again.`,
  },
  {
    name: 'a gzip bomb: 64 MiB behind a header that announces 88 bytes',
    files: { ...pair, [trainImages]: packed(Buffer.concat([idxImages(6), Buffer.alloc(64 << 20)])) },
    sentence: `@/${trainImages} goes on after the 88 bytes that its header announces, so the file is damaged; copy or download it again.`,
  },
  {
    name: 'empty images',
    files: withImages(''),
    sentence: `@/${trainImages} is empty; copy or download it again.`,
  },
  {
    name: 'gzip of nothing',
    files: { ...pair, [trainImages]: packed(Buffer.alloc(0)) },
    sentence: `@/${trainImages} is empty; copy or download it again.`,
  },
  {
    name: 'empty file by path',
    files: { 'a.bin': '' },
    open: 'a.bin',
    sentence: '@/a.bin is empty; copy or download it again.',
  },
  {
    name: 'absurdly large images',
    files: withImages(Buffer.concat([idxHeader([0xffffffff, 0xffff, 0xffff])])),
    sentence: `@/${trainImages} announces 4294967295×65535×65535 bytes; the most that is read of one file is 2147483648 bytes, so the file is damaged or no dataset.`,
  },
  {
    name: 'large images that are not there',
    files: { [trainImages]: idxHeader([60000, 28, 28]), [trainLabels]: idxHeader([60000]) },
    sentence: `@/${trainImages} ends too early: 16 of the 47040016 bytes that its header announces are there. Copy or download it again.`,
  },
  {
    name: 'large images that are not there, packed',
    files: {
      [trainImages]: packed(idxHeader([1_000_000, 28, 28])),
      [trainLabels]: packed(idxHeader([1_000_000])),
    },
    sentence: `@/${trainImages} ends too early: 16 of the 784000016 bytes that its header announces are there. Copy or download it again.`,
  },
  {
    name: 'no samples',
    files: withImages(idxHeader([0, 28, 28])),
    sentence: `@/${trainImages} announces 0×28×28, so it holds no samples; use another file.`,
  },
  {
    name: 'images of no width',
    files: withImages(idxHeader([6, 28, 0])),
    sentence: `@/${trainImages} announces 6×28×0, so it holds no samples; use another file.`,
  },
  {
    name: 'floats',
    files: withImages(Buffer.concat([idxHeader([1, 1, 1], 0x0d), Buffer.alloc(4)])),
    sentence: `@/${trainImages} holds 32-bit floats; images and labels must be unsigned bytes (IDX type 0x08).`,
  },
  {
    name: 'labels in place of images',
    files: withImages(idxLabels([1, 2, 3])),
    sentence: `@/${trainImages} has 1 dimensions in its IDX header; images have 3 (count, height, width) or 4 (count, channels, height, width).`,
  },
  {
    name: 'images in place of labels',
    files: { ...pair, [trainLabels]: idxImages(6) },
    sentence: `@/${trainLabels} has 3 dimensions in its IDX header; labels have 1 (count).`,
  },
  {
    name: 'two hundred dimensions',
    files: withImages(idxHeader(new Array<number>(200).fill(2))),
    sentence: `@/${trainImages} has 200 dimensions in its IDX header; images have 3 or 4, labels have 1.`,
  },
  {
    name: 'folder without labels',
    files: { [trainImages]: idxImages(6) },
    sentence: `@/${trainImages} has no labels beside it; put its labels, a file such as ${trainLabels} (plain or .gz), into the same folder.`,
  },
  {
    name: 'test images without labels beside a whole training set',
    files: { ...pair, 't10k-images.idx3-ubyte': idxImages(3) },
    sentence:
      '@/t10k-images.idx3-ubyte has no labels beside it; put its labels, a file such as t10k-labels.idx1-ubyte (plain or .gz), into the same folder.',
  },
  {
    name: 'labels without images',
    files: { [`${trainLabels}.gz`]: packed(idxLabels([0, 1])) },
    sentence: `@/${trainLabels}.gz holds labels, but the images they belong to, a file such as ${trainImages} (plain or .gz), are not in the same folder.`,
  },
  {
    name: 'one image file without a telling name',
    files: { 'digits.idx': idxImages(6) },
    open: 'digits.idx',
    sentence:
      '@/digits.idx has no labels beside it; put its labels, a file such as digits.idx-labels (plain or .gz), into the same folder.',
  },
  {
    name: 'count mismatch',
    files: { ...pair, [trainLabels]: idxLabels(cyclicLabels(5)) },
    sentence: `@/${trainImages} holds 6 images, but @/${trainLabels} holds 5 labels; use files that belong together.`,
  },
  {
    name: 'label out of range of a named family',
    files: Object.fromEntries(
      Object.entries({ ...pair, [trainLabels]: idxLabels([0, 1, 2, 10, 4, 5]) }).map(([file, bytes]) => [
        `mnist/${file}`,
        bytes,
      ]),
    ),
    open: `mnist/${trainImages}`,
    sentence: `@/mnist/${trainLabels}: label 10 of sample 3 is out of range; 10 classes are numbered 0 to 9. Use the labels that belong to these images.`,
  },
  {
    name: 'label far out of range of an unknown set',
    files: { ...pair, [trainLabels]: idxLabels([0, 1, 2, 0, 133, 2]) },
    sentence: `@/${trainLabels}: label 133 of sample 4 is out of range; 10 classes are numbered 0 to 9. Use the labels that belong to these images.`,
  },
  {
    name: 'shapes of train and test differ',
    files: { ...wholeSet(), 't10k-images-idx3-ubyte': idxImages(3, [3, 4]) },
    sentence: `The images in @/${trainImages} are 1×4×3, but those in @/t10k-images-idx3-ubyte are 1×3×4; training and test images must have one size.`,
  },
  {
    name: 'several sets in one folder',
    files: {
      'emnist-letters-train-images-idx3-ubyte': idxImages(6),
      'emnist-letters-train-labels-idx1-ubyte': idxLabels(cyclicLabels(6)),
      'emnist-digits-train-images-idx3-ubyte': idxImages(6),
      'emnist-digits-train-labels-idx1-ubyte': idxLabels(cyclicLabels(6)),
    },
    sentence:
      '@ holds 2 datasets (emnist-digits, emnist-letters); give the path of an image file of one of them.',
  },
  {
    name: 'a zip archive that is cut off',
    files: { 'digits.zip': Buffer.from('504b030414000000', 'hex') },
    open: 'digits.zip',
    sentence:
      '@/digits.zip is no whole archive: its list of files cannot be read. Copy or download it again.',
  },
  {
    name: 'an empty folder',
    files: {},
    sentence: `@ holds no dataset; ${wantedFolder} It holds nothing.`,
  },
  {
    name: 'a folder of something else',
    files: { 'a.png': 'x', 'b.png': 'x', 'c.png': 'x', 'd/e.gif': 'x' },
    sentence: `@ holds no dataset; ${wantedFolder} It holds a.png, b.png, c.png and 1 more.`,
  },
  {
    name: 'a path that does not exist',
    files: {},
    open: 'nowhere',
    sentence: '@/nowhere does not exist; give the path of a folder or file with a dataset.',
  },
  {
    name: 'a path through a file',
    files: { 'a.txt': 'x' },
    open: 'a.txt/b',
    sentence: '@/a.txt/b does not exist; give the path of a folder or file with a dataset.',
  },
]

/** Beginnings of files that are something else, and what they are said to be. */
const strangers: readonly [string, Uint8Array | string, string][] = [
  ['picture.png', Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'a PNG picture'],
  ['picture.jpg', Buffer.from('ffd8ffe000104a46', 'hex'), 'a JPEG picture'],
  ['digits.npy', Buffer.from('934e554d505901007600', 'hex'), 'a NumPy array (.npy)'],
  ['digits.pkl', Buffer.from('80049508000000', 'hex'), 'a Python pickle'],
  ['digits.xz', Buffer.from('fd377a585a0000', 'hex'), 'an xz file'],
  ['digits.tar', Buffer.concat([Buffer.alloc(257, 0x61), Buffer.from('ustar')]), 'a tar archive'],
  ['digits.csv', 'label,pixel0,pixel1\n5,0,12\n', 'a text file'],
  ['notes.txt', 'Größe 28×28, 숫자', 'a text file'],
  ['experiment.json', '{"version":1}', 'a JSON text'],
  [
    'train-images.gz',
    packed(Buffer.from('<!DOCTYPE html><title>404</title>')),
    'a web page packed with gzip',
  ],
  ['noise.bin', Buffer.from('0001020304050607fffefdfc', 'hex'), 'a binary file of unknown kind'],
  ['one-byte', Buffer.from([0x1f]), 'a binary file of unknown kind'],
]

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'spikedesk-corpus-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function failure(path: string): Promise<SpikedeskError> {
  const thrown = await openDataset(path).then(
    () => null,
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(SpikedeskError)
  return thrown as SpikedeskError
}

describe('bad datasets end in one plain sentence', () => {
  it.each(bad.map((entry, i) => ({ ...entry, folder: `bad-${i}` })))(
    '$name',
    async ({ files, open, folder, sentence }) => {
      const path = writeFolder(root, folder, files)
      const { message } = await failure(open === undefined ? path : join(path, open))
      expect(message.replaceAll(path, '@')).toBe(sentence)
    },
  )

  it.each(strangers)('%s is recognised', async (file, content, found) => {
    const folder = writeFolder(root, 'strangers', { [file]: content })
    const { message } = await failure(join(folder, file))
    expect(message).toBe(`${join(folder, file)} looks like ${found}; ${wantedFile}`)
  })

  it('names a device and does not open it', async () => {
    const { message } = await failure('/dev/zero')
    expect(message).toBe(`/dev/zero looks like a device, pipe or socket; ${wantedFile}`)
  })

  it.skipIf(process.getuid?.() === 0)('names a file that may not be read', async () => {
    const folder = writeFolder(root, 'forbidden', wholeSet())
    chmodSync(join(folder, trainImages), 0)
    const { message } = await failure(folder)
    expect(message).toBe(
      `${join(folder, trainImages)} cannot be read: permission denied. Check the file and its permissions.`,
    )
  })

  it('names links that run in a circle', async () => {
    const folder = writeFolder(root, 'circle', {})
    symlinkSync('b', join(folder, 'a'))
    symlinkSync('a', join(folder, 'b'))
    const { message } = await failure(join(folder, 'a'))
    expect(message).toBe(
      `${join(folder, 'a')} cannot be read: its links run in a circle. Check the file and its permissions.`,
    )
  })
})

interface GoodCase {
  name: string
  files: Record<string, Uint8Array | string>
  open?: string
  counts: [train: number, test: number]
  classes: number
}

const good: readonly GoodCase[] = [
  { name: 'a whole set, plain', files: wholeSet(), counts: [6, 3], classes: 3 },
  { name: 'a whole set, gzip', files: wholeSet('.gz'), counts: [6, 3], classes: 3 },
  {
    name: 'both plain and packed',
    files: { ...wholeSet(), ...wholeSet('.gz') },
    counts: [6, 3],
    classes: 3,
  },
  { name: 'only a training pair', files: pair, counts: [6, 0], classes: 3 },
  {
    name: 'only a test pair',
    files: { 't10k-images-idx3-ubyte': idxImages(3), 't10k-labels-idx1-ubyte': idxLabels([0, 1, 2]) },
    counts: [0, 3],
    classes: 3,
  },
  {
    name: 'names with dots',
    files: { 'train-images.idx3-ubyte': idxImages(6), 'train-labels.idx1-ubyte': idxLabels(cyclicLabels(6)) },
    counts: [6, 0],
    classes: 3,
  },
  {
    name: 'EMNIST Letters by its names',
    files: {
      'emnist-letters-train-images-idx3-ubyte.gz': packed(idxImages(2)),
      'emnist-letters-train-labels-idx1-ubyte.gz': packed(idxLabels([1, 26])),
      'emnist-letters-test-images-idx3-ubyte.gz': packed(idxImages(1)),
      'emnist-letters-test-labels-idx1-ubyte.gz': packed(idxLabels([7])),
    },
    counts: [2, 1],
    classes: 27,
  },
  {
    name: 'one of several sets by the path of its images',
    files: {
      'emnist-digits-train-images-idx3-ubyte': idxImages(2),
      'emnist-digits-train-labels-idx1-ubyte': idxLabels([1, 2]),
      'emnist-balanced-train-images-idx3-ubyte': idxImages(3),
      'emnist-balanced-train-labels-idx1-ubyte': idxLabels([1, 2, 46]),
    },
    open: 'emnist-balanced-train-images-idx3-ubyte',
    counts: [3, 0],
    classes: 47,
  },
  {
    name: 'a labels file by path',
    files: { ...wholeSet(), 'unrelated.txt': 'x' },
    open: 't10k-labels-idx1-ubyte',
    counts: [6, 3],
    classes: 3,
  },
  {
    name: 'a test pair by path beside training images without labels',
    files: { [trainImages]: idxImages(6), 'test-images': idxImages(3), 'test-labels': idxLabels([0, 1, 2]) },
    open: 'test-images',
    counts: [0, 3],
    classes: 3,
  },
  {
    name: 'a pair without telling names, told by its bytes',
    files: { 'a.dat': idxImages(6), 'b.dat': packed(idxLabels(cyclicLabels(6))), 'c.txt': 'x' },
    counts: [6, 0],
    classes: 3,
  },
  {
    name: "torchvision's folders",
    files: Object.fromEntries(
      Object.entries(wholeSet()).map(([file, bytes]) => [`FashionMNIST/raw/${file}`, bytes]),
    ),
    counts: [6, 3],
    classes: 10,
  },
  {
    name: 'colour images',
    files: { [trainImages]: idxImages(2, [3, 4, 4]), [trainLabels]: idxLabels([0, 1]) },
    counts: [2, 0],
    classes: 2,
  },
]

describe('good datasets open', () => {
  it.each(good.map((entry, i) => ({ ...entry, folder: `good-${i}` })))(
    '$name',
    async ({ files, open, folder, counts, classes }) => {
      const path = writeFolder(root, folder, files)
      const opened = await openDataset(open === undefined ? path : join(path, open))
      const dataset = requireImages(opened.dataset)
      expect([dataset.train.count, dataset.test.count]).toEqual(counts)
      expect(dataset.classes).toHaveLength(classes)
      for (const split of [dataset.train, dataset.test]) {
        const size = dataset.shape.reduce((a, b) => a * b, 1)
        expect(split.images).toHaveLength(split.count * size)
        expect(split.labels).toHaveLength(split.count)
      }
      expect(dataset.known).toBeNull()
      expect(dataset.checksum).toMatch(/^[0-9a-f]{64}$/)
    },
  )

  it('reads the same bytes plain and packed', async () => {
    const open = async (folder: string) => requireImages((await openDataset(folder)).dataset)
    const plain = await open(writeFolder(root, 'plain', wholeSet()))
    const gzip = await open(writeFolder(root, 'gzip', wholeSet('.gz')))
    expect(gzip.checksum).toBe(plain.checksum)
    expect(gzip.train).toEqual(plain.train)
    expect([...plain.train.images.subarray(0, 5)]).toEqual([0, 1, 2, 3, 4])
    expect([...plain.train.labels]).toEqual([0, 1, 2, 0, 1, 2])
  })
})
