import { describe, expect, it } from 'vitest'
import { groupIdxFiles, parseIdxName, partnerName } from '../../../src-main/datasets/idxNames.ts'

describe('names of the MNIST family', () => {
  it.each([
    ['train-images-idx3-ubyte', '', 'train', 'images'],
    ['train-images-idx3-ubyte.gz', '', 'train', 'images'],
    ['t10k-labels.idx1-ubyte', '', 'test', 'labels'],
    ['T10K-LABELS-IDX1-UBYTE.GZ', '', 'test', 'labels'],
    ['emnist-letters-test-images-idx3-ubyte.gz', 'emnist-letters', 'test', 'images'],
    ['qmnist-train-images-idx3-ubyte', 'qmnist', 'train', 'images'],
    ['train_labels.idx', '', 'train', 'labels'],
    ['testing-images', '', 'test', 'images'],
  ])('%s', (file, prefix, split, content) => {
    expect(parseIdxName(file)).toEqual({ file, prefix, split, content })
  })

  it.each(['images', 'train', 'train-images.png', 'constrain-images-idx3-ubyte', 'README.md'])(
    'not %s',
    (file) => {
      expect(parseIdxName(file)).toBeNull()
    },
  )

  it('takes the plain file where both are there', () => {
    const files = ['train-images-idx3-ubyte', 'train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte.gz']
    expect(groupIdxFiles(files).get('')).toEqual({
      train: { images: files[0], labels: files[2] },
      test: {},
    })
  })

  it.each([
    ['train-images-idx3-ubyte.gz', 'train-labels-idx1-ubyte'],
    ['t10k-labels.idx1-ubyte', 't10k-images.idx3-ubyte'],
    ['pictures', 'pictures-labels'],
  ])('%s belongs to %s', (file, partner) => {
    expect(partnerName(file)).toBe(partner)
  })
})
