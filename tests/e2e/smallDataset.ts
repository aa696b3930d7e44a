import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** An IDX file of unsigned bytes: magic number, size of each axis, values. */
function idx(sizes: readonly number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length)
  header.writeUInt32BE(0x0800 + sizes.length, 0)
  sizes.forEach((size, axis) => header.writeUInt32BE(size, 4 + 4 * axis))
  return Buffer.concat([header, values])
}

/** A folder as MNIST has it, of `count` training and `count / 2` test images, `side` pixels square, in two classes. */
export function writeSmallDataset(folder: string, count: number, side = 6): string {
  mkdirSync(folder, { recursive: true })
  for (const [split, samples] of [
    ['train', count],
    ['t10k', count / 2],
  ] as const) {
    const pixels = side * side
    const images = new Uint8Array(samples * pixels).map((_, i) => (i * 37 + Math.floor(i / pixels)) % 256)
    const labels = Uint8Array.from({ length: samples }, (_, i) => i % 2)
    writeFileSync(join(folder, `${split}-images-idx3-ubyte`), idx([samples, side, side], images))
    writeFileSync(join(folder, `${split}-labels-idx1-ubyte`), idx([samples], labels))
  }
  return folder
}
