import type { Dataset, EventRecording } from '../datasets/dataset.ts'

/** A sample to look at, as bytes. */
export interface SamplePicture {
  /** `[C,H,W]`. */
  shape: number[]
  pixels: Uint8Array
}

/** The number of events at every pixel of a sensor `[P,H,W]`, the most being 255. */
export function eventPicture(
  { x, y }: Pick<EventRecording, 'x' | 'y'>,
  shape: readonly number[],
): SamplePicture {
  const [, height, width] = shape
  const counts = new Uint32Array(height * width)
  for (let i = 0; i < x.length; i++) if (x[i] < width && y[i] < height) counts[y[i] * width + x[i]]++
  const most = counts.reduce((largest, count) => Math.max(largest, count), 1)
  const pixels = new Uint8Array(counts.length)
  for (let i = 0; i < pixels.length; i++) pixels[i] = (255 * counts[i]) / most
  return { shape: [1, height, width], pixels }
}

/** An image as it lies in its dataset, or the picture of a recording. Throws what reading a recording throws. */
export function samplePicture(dataset: Dataset, split: 'train' | 'test', index: number): SamplePicture {
  if (dataset.kind === 'events') return eventPicture(dataset[split].recording(index), dataset.shape)
  const { images, count } = dataset[split]
  const size = images.length / count
  return { shape: dataset.shape, pixels: images.slice(index * size, (index + 1) * size) }
}
