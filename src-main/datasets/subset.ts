import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { Dataset, EventDataset, EventSplit, ImageDataset, ImageSplit } from './dataset.ts'

function firstImages(split: ImageSplit, count: number): ImageSplit {
  if (count >= split.count) return split
  const size = split.images.length / split.count
  return { count, images: split.images.subarray(0, count * size), labels: split.labels.subarray(0, count) }
}

function firstRecordings(split: EventSplit, count: number): EventSplit {
  if (count >= split.count) return split
  const { labels, eventCounts, durations, recording, packed } = split
  return {
    count,
    labels: labels.subarray(0, count),
    eventCounts: eventCounts.subarray(0, count),
    durations: durations.subarray(0, count),
    recording,
    packed: { ...packed, offsets: packed.offsets.subarray(0, count) },
  }
}

/** How many samples of each split are taken. */
function shares(dataset: Dataset, subset: number, limit: number): Record<'train' | 'test', number> {
  const share = (count: number): number => Math.max(Math.min(1, count), Math.floor(count / subset))
  const train = share(dataset.train.count)
  return { train: limit > 0 ? Math.min(limit, train) : train, test: share(dataset.test.count) }
}

/**
 * The first 1/`subset` of both splits in file order (⌊count/subset⌋ samples, as snnTorch's `data_subset`; one at
 * least where the split has any), then at most `limit` training samples (0: all). No bytes are copied, and the
 * checksum stays that of the whole dataset.
 */
export function takeSubset<Kind extends Dataset>(dataset: Kind, subset: number, limit: number): Kind
export function takeSubset(dataset: Dataset, subset: number, limit: number): Dataset {
  const taken = shares(dataset, subset, limit)
  if (dataset.kind === 'images') {
    const { train, test } = dataset
    return { ...dataset, train: firstImages(train, taken.train), test: firstImages(test, taken.test) }
  }
  const { train, test } = dataset
  return { ...dataset, train: firstRecordings(train, taken.train), test: firstRecordings(test, taken.test) }
}

/** The dataset where it holds images; throws `dataset.wantsImages` where it holds recordings. */
export function requireImages(dataset: Dataset): ImageDataset {
  if (dataset.kind === 'images') return dataset
  throw new SpikedeskError('dataset.wantsImages', { dataset: dataset.name })
}

/** The dataset where it holds recordings; throws `dataset.wantsEvents` where it holds images. */
export function requireEvents(dataset: Dataset): EventDataset {
  if (dataset.kind === 'events') return dataset
  throw new SpikedeskError('dataset.wantsEvents', { dataset: dataset.name })
}

/** Throws `dataset.noTraining` where there is nothing to train on. */
export function requireTraining(dataset: Dataset): void {
  if (dataset.train.count > 0) return
  throw new SpikedeskError('dataset.noTraining', { dataset: dataset.name, test: dataset.test.count })
}

/** Throws `dataset.noTest` where there is nothing to evaluate on. */
export function requireTest(dataset: Dataset): void {
  if (dataset.test.count > 0) return
  throw new SpikedeskError('dataset.noTest', { dataset: dataset.name, train: dataset.train.count })
}
