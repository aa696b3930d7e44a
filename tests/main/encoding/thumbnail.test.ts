import { describe, expect, it } from 'vitest'
import type { EventDataset, ImageDataset } from '../../../src-main/datasets/dataset.ts'
import { thumbnail } from '../../../src-main/encoding/thumbnail.ts'

const facts = {
  ...{ id: 'x', name: 'x', format: 'x', path: null, origin: '', licence: '', classes: ['a'] },
  ...{ checksum: '', known: null, bytesOnDisk: 0 },
}

function images(shape: number[], pixels: Uint8Array): ImageDataset {
  const split = { count: 1, images: pixels, labels: Uint8Array.of(0) }
  return { ...facts, kind: 'images', shape, train: split, test: split }
}

function events(shape: number[], x: number[], y: number[], p: number[]): EventDataset {
  const recording = () => ({
    t: Uint32Array.from(x, (_, i) => i),
    x: Uint16Array.from(x),
    y: Uint16Array.from(y),
    p: Uint8Array.from(p),
  })
  const split = {
    ...{ count: 1, labels: Uint8Array.of(0), eventCounts: Uint32Array.of(x.length) },
    ...{ durations: Uint32Array.of(9), recording, packed: { path: '', offsets: Float64Array.of(0) } },
  }
  return { ...facts, kind: 'events', shape, simulated: false, train: split, test: split }
}

describe('a thumbnail', () => {
  it('of a small image is the image', () => {
    const pixels = Uint8Array.from({ length: 12 }, (_, i) => i * 20)
    expect(thumbnail(images([3, 2, 2], pixels), 'train', 0)).toEqual({ shape: [3, 2, 2], pixels })
  })

  it('of a large image holds means, also at an edge that is left over', () => {
    const pixels = Uint8Array.from({ length: 2 * 129 }, (_, i) =>
      i % 129 === 128 ? 90 : i % 129 < 3 ? 30 : 0,
    )
    const { shape, pixels: small } = thumbnail(images([1, 2, 129], pixels), 'test', 0)
    expect(shape).toEqual([1, 1, 43])
    expect([small[0], small[1], small[42]]).toEqual([30, 0, 30])
  })

  it('of a recording counts events by polarity, OFF first, and leaves out those outside', () => {
    const dataset = events([2, 2, 2], [0, 0, 0, 1, 5], [0, 0, 0, 1, 0], [1, 1, 0, 0, 1])
    expect(thumbnail(dataset, 'train', 0)).toEqual({
      shape: [2, 2, 2],
      pixels: Uint8Array.of(85, 0, 0, 85, 170, 0, 0, 0),
    })
  })

  it('of a recording on a large sensor is small', () => {
    const { shape, pixels } = thumbnail(events([2, 180, 240], [239, 0], [179, 0], [1, 0]), 'train', 0)
    expect(shape).toEqual([2, 45, 60])
    expect([pixels[0], pixels.at(-1)]).toEqual([255, 255])
  })

  it('of a recording without events is empty', () => {
    expect([...thumbnail(events([1, 1, 2], [], [], []), 'train', 0).pixels]).toEqual([0, 0])
  })
})
