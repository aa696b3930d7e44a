import { describe, expect, it } from 'vitest'
import type { ImageDataset, ImageSplit } from '../../../src-main/datasets/dataset.ts'
import { requireTest, requireTraining, takeSubset } from '../../../src-main/datasets/subset.ts'

function split(count: number): ImageSplit {
  return {
    count,
    images: Uint8Array.from({ length: count * 2 }, (_, i) => i),
    labels: Uint8Array.from({ length: count }, (_, i) => i),
  }
}

function dataset(train: number, test: number): ImageDataset {
  return {
    kind: 'images',
    id: 'a',
    name: 'A',
    format: 'IDX',
    path: null,
    origin: '',
    licence: '',
    shape: [1, 1, 2],
    classes: ['0'],
    train: split(train),
    test: split(test),
    checksum: 'c',
    known: null,
    bytesOnDisk: 0,
  }
}

describe('takeSubset', () => {
  it('keeps the first 1/n of both splits in file order, rounded down', () => {
    const { train, test } = takeSubset(dataset(11, 7), 3, 0)
    expect([...train.labels]).toEqual([0, 1, 2])
    expect([...train.images]).toEqual([0, 1, 2, 3, 4, 5])
    expect([...test.labels]).toEqual([0, 1])
  })

  it('limits the training samples after the share, and them alone', () => {
    const { train, test } = takeSubset(dataset(12, 8), 2, 4)
    expect([train.count, test.count]).toEqual([4, 4])
    expect(train.images).toHaveLength(8)
  })

  it('gives everything for 1 and 0, and copies nothing', () => {
    const whole = dataset(5, 3)
    const same = takeSubset(whole, 1, 0)
    expect(same.train).toBe(whole.train)
    expect(takeSubset(whole, 2, 0).train.images.buffer).toBe(whole.train.images.buffer)
  })

  it('never leaves a split empty that was not, nor fills one that was', () => {
    const { train, test } = takeSubset(dataset(5, 0), 1000, 100)
    expect([train.count, test.count]).toEqual([1, 0])
  })
})

describe('an empty split', () => {
  it('is said plainly before training or evaluating', () => {
    expect(() => requireTraining(dataset(0, 3))).toThrow(
      'A has no training samples, only 3 test samples; evaluate with it, or choose another dataset for training.',
    )
    expect(() => requireTest(dataset(4, 0))).toThrow(
      'A has no test samples, only 4 training samples; choose another dataset to evaluate with.',
    )
    expect(() => requireTraining(dataset(1, 0))).not.toThrow()
  })
})
