import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { encode } from 'fast-png'
import jpeg from 'jpeg-js'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { readNpz } from '../../src-main/datasets/arrays/npz.ts'
import { decodeIndex, encodeIndex } from '../../src-main/datasets/packed/splitIndex.ts'
import { decodePicture } from '../../src-main/datasets/pictures/pictureFolders.ts'
import { openDataset } from '../../src-main/datasets/open.ts'
import { openTarTree } from '../../src-main/datasets/trees/tarTree.ts'
import { openZipTree } from '../../src-main/datasets/trees/zipTree.ts'
import type { FileTree } from '../../src-main/datasets/trees/tree.ts'
import { npyBytes } from './recordingFiles.ts'
import { tarFile } from './tarFiles.ts'
import { zipFile } from './zipFiles.ts'

/** Whatever happens to pictures, arrays and archives: they open whole, or end in one of our errors. */

let root = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'spikedesk-pictures-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const codes = /^(picture|archive|array|dataset)\./

async function endsWell(work: () => unknown): Promise<void> {
  try {
    await work()
  } catch (thrown) {
    if (!(thrown instanceof SpikedeskError)) throw thrown
    expect(thrown.code).toMatch(codes)
    expect(thrown.message).not.toMatch(/\{\w+\}/)
  }
}

const noise = Uint8Array.from({ length: 12 * 9 * 3 }, (_, i) => (i * 37) % 251)
const rgba = {
  width: 12,
  height: 9,
  data: Buffer.from(noise.slice(0, 108)).toString('hex').repeat(2).slice(0, 432),
}
const labels = npyBytes('|u1', [4], Buffer.of(0, 1, 0, 1))
const images = npyBytes('|u1', [4, 3, 2], Buffer.alloc(24, 9))
const arrays = zipFile([
  { name: 'x_train.npy', bytes: images },
  { name: 'y_train.npy', bytes: labels },
])
const png = (channels: 1 | 3): Uint8Array =>
  encode({ width: 12, height: 9, channels, data: noise.slice(0, 108 * channels) })

async function readTree(
  open: (path: string) => FileTree | Promise<FileTree>,
  bytes: Uint8Array,
): Promise<void> {
  const path = join(root, 'archive')
  writeFileSync(path, bytes)
  const tree = await open(path)
  for await (const content of tree.read(tree.files))
    if ('error' in content) await endsWell(() => Promise.reject(content.error))
  await tree.close()
}

const tar = tarFile({ 'folder/file.bin': Buffer.alloc(100, 7) })

const subjects: [string, Uint8Array, (bytes: Uint8Array) => unknown][] = [
  ['a gray PNG', png(1), (bytes) => decodePicture(bytes, 'a.png')],
  ['a colour PNG', png(3), (bytes) => decodePicture(bytes, 'a.png')],
  [
    'a JPEG',
    jpeg.encode({ ...rgba, data: Buffer.from(rgba.data) }, 80).data,
    (bytes) => decodePicture(bytes, 'a.jpg'),
  ],
  [
    'arrays',
    arrays,
    (bytes) => {
      const archive = readNpz(bytes, 'a.npz')
      for (const name of archive.names) archive.array(name)
    },
  ],
  [
    'arrays of images',
    arrays,
    (bytes) => {
      writeFileSync(join(root, 'images.npz'), bytes)
      return openDataset(join(root, 'images.npz'))
    },
  ],
  ['a zip archive', arrays, (bytes) => readTree(openZipTree, bytes)],
  ['a tar archive', gzipSync(tar), (bytes) => readTree(openTarTree, bytes)],
  ['a tar archive inside', tar, (bytes) => readTree(openTarTree, gzipSync(bytes))],
]

describe.each(subjects)('%s', (_name, whole, work) => {
  it('opens', async () => {
    await work(whole)
  })

  it('survives truncations and changes of bits', async () => {
    const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 7 })), { maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(flips, fc.option(fc.nat()), async (changes, cut) => {
        const bytes = Uint8Array.from(whole)
        for (const [at, bit] of changes) bytes[at % bytes.length] ^= 1 << bit
        await endsWell(() => work(cut === null ? bytes : bytes.subarray(0, 1 + (cut % bytes.length))))
      }),
      { numRuns: 150 },
    )
  })
})

describe('pictures that claim too much', () => {
  it('are refused before anything is unpacked', async () => {
    const bytes = Buffer.from(png(1))
    bytes.writeUInt32BE(60_000, 16)
    await expect(decodePicture(bytes, 'a.png')).rejects.toThrow('a.png is no picture that can be read')
    bytes.writeUInt32BE(60_000, 20)
    await expect(decodePicture(bytes, 'a.png')).rejects.toThrow(
      'a.png has 60000 × 60000 pixels; at most 16777216 pixels',
    )
  })
})

describe('an index of recordings', () => {
  const index = {
    offsets: Float64Array.of(16, 48),
    eventCounts: Uint32Array.of(4, 1),
    durations: Uint32Array.of(9, 0),
    labels: Uint8Array.of(1, 0),
  }

  it('is read as it was written, and not at all where its length is another', () => {
    const bytes = Buffer.from(encodeIndex(index))
    expect(decodeIndex(bytes)).toEqual(index)
    for (let length = 0; length < bytes.length; length++)
      expect(decodeIndex(bytes.subarray(0, length))).toBeNull()
    fc.assert(fc.property(fc.uint8Array({ maxLength: 100 }), (any) => decodeIndex(Buffer.from(any)) === null))
  })
})
