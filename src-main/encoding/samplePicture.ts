import type { Dataset } from '../datasets/dataset.ts'

/** A sample to look at, as bytes. */
export interface SamplePicture {
  /** `[C,H,W]`. */
  shape: number[]
  pixels: Uint8Array
}

/**
 * An image as it lies in its dataset; a recording as the number of its events at every pixel, the most being 255.
 * Throws what reading a recording throws.
 */
export function samplePicture(dataset: Dataset, split: 'train' | 'test', index: number): SamplePicture {
  if (dataset.kind === 'images') {
    const { images, count } = dataset[split]
    const size = images.length / count
    return { shape: dataset.shape, pixels: images.slice(index * size, (index + 1) * size) }
  }
  const [, height, width] = dataset.shape
  const counts = new Float64Array(height * width)
  const { x, y } = dataset[split].recording(index)
  for (let i = 0; i < x.length; i++) if (x[i] < width && y[i] < height) counts[y[i] * width + x[i]]++
  const most = Math.max(1, ...counts)
  return { shape: [1, height, width], pixels: Uint8Array.from(counts, (count) => (255 * count) / most) }
}
