import { describe, expect, it } from 'vitest'
import { openBundled } from '../../../src-main/datasets/bundled.ts'
import { cardOf } from '../../../src-main/datasets/card.ts'
import { requireImages } from '../../../src-main/datasets/subset.ts'

describe('the bundled digits', async () => {
  const dataset = requireImages((await openBundled()).dataset)
  const card = cardOf(dataset)

  it('are 8,000 and 2,000, stratified', () => {
    expect([card.trainCount, card.testCount]).toEqual([8000, 2000])
    expect(card.shape).toEqual([1, 28, 28])
    const all = [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978]
    expect(card.trainPerClass.map((count, i) => count + card.testPerClass[i])).toEqual(all)
    card.trainPerClass.forEach((count, i) => expect(Math.abs(count - all[i] * 0.8)).toBeLessThan(1))
  })

  it('are not sorted by class', () => {
    const counts = new Array<number>(10).fill(0)
    for (const label of dataset.train.labels.subarray(0, 1000)) counts[label]++
    expect(Math.min(...counts)).toBeGreaterThan(60)
    expect(Math.max(...counts)).toBeLessThan(150)
  })

  it('are bundled, with their origin, and always the same bytes', () => {
    expect(card).toMatchObject({ id: 'digits', path: null, bundled: true, problem: null })
    expect(card.checksum).toBe('49313eee7e7c05c3e519ea3691d2310da9ef41cfa36b146e2f8c5ce274e4d16a')
  })

  it('share no image between the splits', () => {
    const key = (images: Uint8Array, i: number): string =>
      Buffer.from(images.subarray(i * 784, (i + 1) * 784)).toString('latin1')
    const train = new Set(Array.from({ length: 8000 }, (_, i) => key(dataset.train.images, i)))
    const shared = Array.from({ length: 2000 }, (_, i) => key(dataset.test.images, i)).filter((k) =>
      train.has(k),
    )
    expect(shared).toHaveLength(0)
  })
})
