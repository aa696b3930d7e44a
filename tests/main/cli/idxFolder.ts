import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

function idx(type: number, dimensions: readonly number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length)
  header.writeUInt32BE(0x0800 + dimensions.length, 0)
  header[2] = type
  dimensions.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i))
  return Buffer.concat([header, values])
}

/** Writes a folder with `count` training and `count` test images of 28×28 in ten classes, and gives its path. */
export function writeIdxFolder(folder: string, count: number): string {
  mkdirSync(folder, { recursive: true })
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 10)
  const images = Uint8Array.from(
    { length: count * 784 },
    (_, i) => (labels[Math.floor(i / 784)] * 25 + i) % 256,
  )
  for (const split of ['train', 't10k']) {
    writeFileSync(join(folder, `${split}-images-idx3-ubyte`), idx(8, [count, 28, 28], images))
    writeFileSync(join(folder, `${split}-labels-idx1-ubyte`), idx(8, [count], labels))
  }
  return folder
}
