import { expect, it } from 'vitest'
import type { Dataset } from '../../../src-main/datasets/dataset.ts'
import { boundSource } from '../../../src-main/training/source.ts'
import { noise } from '../engine/fixtures.ts'

it('tells each batch of bound images which samples follow, and the last one that none do', async () => {
  const split = noise(7, 4, 2)
  const source = boundSource({ classes: ['a', 'b'], train: split, test: split } as unknown as Dataset)
  const order = Uint32Array.of(6, 5, 4, 3, 2, 1, 0)
  const stream = source.open({ split: 'train', epoch: 1, order, batchSize: 3, first: 0, batches: 3 })
  const told = []
  for (let i = 0; i < 3; i++) {
    const { batch } = await stream.next()
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
