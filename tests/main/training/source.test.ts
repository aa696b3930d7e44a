import { expect, it } from 'vitest'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { boundSource } from '../../../src-main/training/source.ts'
import { noise } from '../engine/fixtures.ts'

const split = noise(7, 4, 2)
const source = boundSource({ classes: ['a', 'b'], train: split, test: split } as unknown as Dataset)
const order = Uint32Array.of(6, 5, 4, 3, 2, 1, 0)

it('tells each batch of bound images which samples follow, and the last one that none do', () => {
  const stream = source.open({ split: 'train', epoch: 1, order, batchSize: 3, first: 0, batches: 3 })
  const told = []
  for (let i = 0; i < 3; i++) {
    const { batch } = stream.next()
    told.push(batch.kind === 'samples' ? [[...batch.indices], [...(batch.next ?? [])]] : batch.kind)
  }
  expect(told).toEqual([
    [
      [6, 5, 4],
      [3, 2, 1],
    ],
    [[3, 2, 1], [0]],
    [[0], []],
  ])
})

it('hands over several batches as one, up to the end of the epoch, and goes on with the one after them', () => {
  const take = (batches: number, first: number, mosts: number[]) => {
    const stream = source.open({ split: 'train', epoch: 2, order, batchSize: 2, first, batches })
    return mosts.map((most) => {
      const { indices, next, epoch, split } = stream.nextInTurn(most)
      expect([epoch, split]).toEqual([2, 'train'])
      return [[...indices], [...(next ?? [])]]
    })
  }
  expect(take(4, 0, [1, 2, 9])).toEqual([
    [
      [6, 5],
      [4, 3],
    ],
    [[4, 3, 2, 1], [0]],
    [[0], []],
  ])
  expect(take(4, 1, [16])).toEqual([[[4, 3, 2, 1, 0], []]])
  // The last batch, which is not full, is left out.
  expect(take(3, 0, [2, 9])[1][0]).toEqual([2, 1])
})

it('goes on batch by batch after several', () => {
  const stream = source.open({ split: 'test', epoch: 0, order, batchSize: 2, first: 0, batches: 4 })
  stream.nextInTurn(2)
  expect(stream.next().batch).toMatchObject({ indices: Uint32Array.of(2, 1), next: Uint32Array.of(0) })
})
