import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { ImageDataset, ImageSplit } from './dataset.ts'

function firstOf(split: ImageSplit, count: number): ImageSplit {
  if (count >= split.count) return split
  const size = split.images.length / split.count
  return { count, images: split.images.subarray(0, count * size), labels: split.labels.subarray(0, count) }
}

/**
 * The first 1/`subset` of both splits in file order (⌊count/subset⌋ samples, as snnTorch's `data_subset`; one at
 * least where the split has any), then at most `limit` training samples (0: all). No bytes are copied, and the
 * checksum stays that of the whole dataset.
 */
export function takeSubset(dataset: ImageDataset, subset: number, limit: number): ImageDataset {
  const share = (split: ImageSplit): ImageSplit =>
    firstOf(split, Math.max(Math.min(1, split.count), Math.floor(split.count / subset)))
  const train = share(dataset.train)
  return {
    ...dataset,
    train: limit > 0 ? firstOf(train, limit) : train,
    test: share(dataset.test),
  }
}

/** Throws `dataset.noTraining` where there is nothing to train on. */
export function requireTraining(dataset: ImageDataset): void {
  if (dataset.train.count > 0) return
  throw new SpikedeskError('dataset.noTraining', { dataset: dataset.name, test: dataset.test.count })
}

/** Throws `dataset.noTest` where there is nothing to evaluate on. */
export function requireTest(dataset: ImageDataset): void {
  if (dataset.test.count > 0) return
  throw new SpikedeskError('dataset.noTest', { dataset: dataset.name, train: dataset.train.count })
}
