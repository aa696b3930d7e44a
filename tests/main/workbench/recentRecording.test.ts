import { expect, it } from 'vitest'
import type { EventDataset } from '../../../src-main/datasets/dataset.ts'
import { recentRecording } from '../../../src-main/workbench/jobs/recentRecording.ts'

it('a recording that is looked at again and again is read once, until another one is', () => {
  const read: number[] = []
  const split = {
    ...{ count: 2, labels: new Uint8Array(2), durations: new Uint32Array(2) },
    ...{ packed: { path: '', offsets: new Float64Array(2) }, eventCounts: new Uint32Array(2) },
    recording(index: number) {
      read.push(index)
      return { t: new Uint32Array(1), x: new Uint16Array(1), y: new Uint16Array(1), p: new Uint8Array(1) }
    },
  }
  const dataset: EventDataset = {
    ...{ id: 'x', name: 'x', format: 'x', path: null, origin: '', licence: '', classes: ['a'] },
    ...{ checksum: '', known: null, bytesOnDisk: 0, kind: 'events', shape: [2, 1, 1], simulated: false },
    ...{ train: split, test: split },
  }
  const first = recentRecording(dataset, 'train', 0)
  expect(recentRecording(dataset, 'train', 0)).toBe(first)
  expect(read).toEqual([0])
  for (const [name, index] of [
    ['train', 1],
    ['test', 1],
    ['train', 0],
  ] as const)
    recentRecording(dataset, name, index)
  expect(read).toEqual([0, 1, 1, 0])
})
