import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Small IDX files for tests. */

/** An IDX header: type byte and sizes. */
export function idxHeader(sizes: readonly number[], type = 0x08): Buffer {
  const bytes = Buffer.alloc(4 + 4 * sizes.length)
  bytes[2] = type
  bytes[3] = sizes.length
  sizes.forEach((size, i) => bytes.writeUInt32BE(size, 4 + 4 * i))
  return bytes
}

/** `count` images of the given shape; pixel `i` of the file is `i % 251`. */
export function idxImages(count: number, shape: readonly number[] = [4, 3]): Buffer {
  const pixels = count * shape.reduce((a, b) => a * b, 1)
  return Buffer.concat([idxHeader([count, ...shape]), Uint8Array.from({ length: pixels }, (_, i) => i % 251)])
}

export function idxLabels(labels: readonly number[]): Buffer {
  return Buffer.concat([idxHeader([labels.length]), Uint8Array.from(labels)])
}

/** Labels 0, 1, 2, 0, 1, 2 ... */
export function cyclicLabels(count: number, classes = 3): number[] {
  return Array.from({ length: count }, (_, i) => i % classes)
}

export const packed = (bytes: Uint8Array): Buffer => gzipSync(bytes)

/** Writes files into a folder of the given name and gives its path. */
export function writeFolder(root: string, name: string, files: Record<string, Uint8Array | string>): string {
  const folder = join(root, name)
  mkdirSync(folder, { recursive: true })
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(join(folder, file, '..'), { recursive: true })
    writeFileSync(join(folder, file), content)
  }
  return folder
}

/** The four files of a small whole set: six samples to train, three to test. */
export function wholeSet(ending = ''): Record<string, Uint8Array> {
  const pack = ending === '.gz' ? packed : (bytes: Buffer): Buffer => bytes
  return {
    [`train-images-idx3-ubyte${ending}`]: pack(idxImages(6)),
    [`train-labels-idx1-ubyte${ending}`]: pack(idxLabels(cyclicLabels(6))),
    [`t10k-images-idx3-ubyte${ending}`]: pack(idxImages(3)),
    [`t10k-labels-idx1-ubyte${ending}`]: pack(idxLabels(cyclicLabels(3))),
  }
}
