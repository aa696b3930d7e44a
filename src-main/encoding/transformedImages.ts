import type { TransformSettings } from '../../src-shared/experiment.ts'
import type { ImageDataset, ImageSplit } from '../datasets/dataset.ts'
import { transformImage } from './transforms/index.ts'

function transformSplit(
  settings: readonly TransformSettings[],
  { count, images, labels }: ImageSplit,
  shape: readonly number[],
): { split: ImageSplit; shape: readonly number[] } {
  const size = count > 0 ? images.length / count : 0
  let transformed = new Uint8Array(0)
  let after = shape
  for (let index = 0; index < count; index++) {
    const sample = { shape, pixels: images.subarray(index * size, (index + 1) * size) }
    const image = transformImage(settings, sample, { seed: 0, phase: 'test', sample: index, epoch: 0 })
    if (!(image.pixels instanceof Uint8Array)) throw new Error('only bytes can be bound')
    if (index === 0) {
      transformed = new Uint8Array(count * image.pixels.length)
      after = image.shape
    }
    transformed.set(image.pixels, index * image.pixels.length)
  }
  return { split: { count, images: transformed, labels }, shape: after }
}

/** The dataset with every image transformed once, by transforms that draw nothing and leave bytes. */
export function transformImages(dataset: ImageDataset, settings: readonly TransformSettings[]): ImageDataset {
  if (settings.length === 0) return dataset
  const train = transformSplit(settings, dataset.train, dataset.shape)
  const test = transformSplit(settings, dataset.test, dataset.shape)
  const shape = dataset.train.count > 0 ? train.shape : test.shape
  return { ...dataset, shape: [...shape], train: train.split, test: test.split }
}
