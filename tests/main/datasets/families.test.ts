import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  families,
  familyOfContent,
  familyOfName,
  type FileRole,
} from '../../../src-main/datasets/families.ts'
import { openDataset } from '../../../src-main/datasets/open.ts'

const debianFashion = '/usr/share/datasets/fashion-mnist'

describe('known publications', () => {
  it('are told by the gzip file or by its content, and only where every file fits', () => {
    const { testImages, testLabels } = (families.find(({ id }) => id === 'mnist') ?? families[0]).files
    const packed = { packedMd5: testImages.packedMd5, plainSha256: '' }
    const plain = { packedMd5: '', plainSha256: testLabels.plainSha256 ?? '' }
    expect(familyOfContent({ testImages: packed, testLabels: plain })?.name).toBe('MNIST')
    expect(
      familyOfContent({ testImages: packed, testLabels: { ...plain, plainSha256: '0' } }),
    ).toBeUndefined()
    expect(familyOfContent({ trainImages: packed, testLabels: plain })).toBeUndefined()
  })

  it('have checksums of the right form, all different', () => {
    const sums = families.flatMap(({ files }) => Object.values(files) as (typeof files)[FileRole][])
    for (const { packedMd5, plainSha256 } of sums) {
      expect(packedMd5).toMatch(/^[0-9a-f]{32}$/)
      if (plainSha256 !== null) expect(plainSha256).toMatch(/^[0-9a-f]{64}$/)
    }
    expect(new Set(sums.map(({ packedMd5 }) => packedMd5)).size).toBe(families.length * 4)
  })

  it('count as many classes as they have', () => {
    expect(families.map(({ id, classes }) => [id, classes.length])).toEqual([
      ['emnist-letters', 27],
      ['emnist-digits', 10],
      ['emnist-mnist', 10],
      ['emnist-balanced', 47],
      ['emnist-bymerge', 47],
      ['emnist-byclass', 62],
      ['fashion-mnist', 10],
      ['kmnist', 10],
      ['mnist', 10],
    ])
  })

  it.each([
    ['FashionMNIST', 'fashion-mnist'],
    ['fashion-mnist', 'fashion-mnist'],
    ['KMNIST', 'kmnist'],
    ['emnist-byclass', 'emnist-byclass'],
    ['MNIST', 'mnist'],
    ['my-mnist', 'mnist'],
    ['holiday pictures', undefined],
    ['', undefined],
  ])('are hinted at by a name: %s', (name, id) => {
    expect(familyOfName(name)?.id).toBe(id)
  })

  it.skipIf(!existsSync(debianFashion))('recognise Fashion-MNIST as Debian packs it', async () => {
    const { dataset } = await openDataset(debianFashion)
    expect(dataset).toMatchObject({ id: 'fashion-mnist', known: 'Fashion-MNIST', shape: [1, 28, 28] })
    expect([dataset.train.count, dataset.test.count]).toEqual([60000, 10000])
    expect([...dataset.train.labels.subarray(0, 4)]).toEqual([9, 0, 0, 3])
  })
})
