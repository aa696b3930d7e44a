import type { ImageDataset, ImageSplit } from '../../../src-main/datasets/dataset.ts'

function split(count: number): ImageSplit {
  const labels = Uint8Array.from({ length: count }, (_, i) => i % 4)
  const images = Uint8Array.from({ length: count * 36 }, (_, i) =>
    Math.floor((i % 36) / 6) === labels[Math.floor(i / 36)] ? 220 : (i * 31) % 80,
  )
  return { count, images, labels }
}

/** 6×6 images of four classes, each a bright row and a pattern. */
export function rowsDataset(train: number, test: number): ImageDataset {
  return {
    ...{ kind: 'images', id: 'rows', name: 'Rows', format: 'test', path: null, origin: '', licence: '' },
    ...{ shape: [1, 6, 6], classes: ['a', 'b', 'c', 'd'], train: split(train), test: split(test) },
    ...{ checksum: '', known: null, bytesOnDisk: 0 },
  }
}
