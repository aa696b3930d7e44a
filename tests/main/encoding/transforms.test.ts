import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventRecording } from '../../../src-main/datasets/dataset.ts'
import { copyEvents, type Events } from '../../../src-main/encoding/events/index.ts'
import type { ImageSample } from '../../../src-main/encoding/images/image.ts'
import { TransformStream } from '../../../src-main/encoding/random.ts'
import { transformEvents, transformImage, transforms } from '../../../src-main/encoding/transforms/index.ts'
import { defaultValues, type FieldValues } from '../../../src-shared/fields.ts'
import {
  transformTables,
  type TransformKind,
  type TransformTable,
} from '../../../src-shared/transformTables.ts'
import { readAtis, recordingOf, recordings } from './events/recordings.ts'

const kinds = Object.keys(transformTables) as TransformKind[]
const training = { seed: 3, phase: 'train', sample: 4, epoch: 1 } as const
const testing = { ...training, phase: 'test', epoch: 0 } as const

function settings(kind: TransformKind, params: FieldValues = {}) {
  return { kind, params: { ...defaultValues(transformTables[kind].fields), ...params } }
}

function rowsOf({ count, t, x, y, p }: Events): number[][] {
  return Array.from({ length: count }, (_, i) => [t[i], x[i], y[i], p[i]])
}

function after(
  rows: number[][] | EventRecording,
  kind: TransformKind,
  params: FieldValues = {},
  shape = [2, 8, 8],
) {
  const events = copyEvents(Array.isArray(rows) ? recordingOf(rows) : rows, shape)
  transformEvents([settings(kind, params)], events, training)
  return events
}

describe('transforms of events', () => {
  it('denoise keeps what a direct neighbour vouches for', () => {
    const rows = [
      [0, 1, 1, 1],
      [20000, 1, 1, 1],
      [25000, 2, 1, 0],
      [26000, 4, 4, 0],
      [40000, 2, 2, 1],
    ]
    // Before the filter time every event with a neighbour inside the recording's own extent passes.
    expect(rowsOf(after(rows, 'denoise', { filterTime: 10000 }))).toEqual([rows[0], rows[2]])
  })

  it('the refractory period counts from the last event, dropped or not', () => {
    const rows = [0, 50, 120, 260].map((t) => [t, 1, 1, 1])
    expect(rowsOf(after(rows, 'refractoryPeriod', { period: 100 }))).toEqual([rows[3]])
    expect(after([[1, 0, 0, 1]], 'refractoryPeriod', { period: 100 }).count).toBe(1)
  })

  it('time, pixels and polarities are cut, dropped and merged', () => {
    const rows = [
      [0, 0, 0, 1],
      [10, 1, 2, 0],
      [20, 1, 2, 1],
      [30, 3, 3, 1],
    ]
    expect(rowsOf(after(rows, 'cropTime', { start: 10, end: 20 }))).toEqual(rows.slice(1, 3))
    expect(rowsOf(after(rows, 'cropTime', { start: 10, end: 0 }))).toEqual(rows.slice(1))
    expect(rowsOf(after(rows, 'dropPixel', { pixels: '1, 2' }))).toEqual([rows[0], rows[3]])
    // 30 µs and 40 kHz are 1.2 events.
    expect(rowsOf(after(rows, 'dropPixel', { hotFrequency: 40000 }))).toEqual([rows[0], rows[3]])
    const merged = after(rows, 'mergePolarities')
    expect([merged.shape, rowsOf(merged).map(([, , , p]) => p)]).toEqual([
      [1, 8, 8],
      [0, 0, 0, 0],
    ])
  })

  it('factors cut the fraction off', () => {
    const smaller = after([[999, 7, 5, 1]], 'downsample', { spatialFactor: 0.5, timeFactor: 0.01 })
    expect([rowsOf(smaller), smaller.shape]).toEqual([[[9, 3, 2, 1]], [2, 4, 4]])
    expect(rowsOf(after([[100, 1, 1, 1]], 'timeSkew', { coefficient: 1.257, offset: -200 }))).toEqual([
      [-74, 1, 1, 1],
    ])
  })

  it('a centre crop begins at half the rest, and pads what grows', () => {
    const rows = [
      [0, 1, 1, 1],
      [1, 4, 4, 1],
      [2, 6, 3, 0],
    ]
    const smaller = after(rows, 'centerCrop', { width: 3, height: 4 })
    expect([rowsOf(smaller), smaller.shape]).toEqual([[[1, 2, 2, 1]], [2, 4, 3]])
    expect(rowsOf(after(rows, 'centerCrop', { width: 12, height: 8 })).map(([, x]) => x)).toEqual([3, 6, 8])
  })

  it('flips mirror, and a reversal plays backwards', () => {
    const rows = [
      [0, 1, 2, 1],
      [10, 3, 4, 0],
    ]
    const always = { probability: 1 }
    expect(rowsOf(after(rows, 'flipLR', always)).map(([, x]) => x)).toEqual([6, 4])
    expect(rowsOf(after(rows, 'flipUD', always)).map(([, , y]) => y)).toEqual([5, 3])
    expect(rowsOf(after(rows, 'flipPolarity', always)).map(([, , , p]) => p)).toEqual([0, 1])
    expect(rowsOf(after(rows, 'timeReversal', always))).toEqual([
      [0, 3, 4, 1],
      [10, 1, 2, 0],
    ])
    expect(rowsOf(after(rows, 'flipLR', { probability: 0 }))).toEqual(rows)
  })

  it('drop events drops exactly its share, every event as likely', () => {
    const rows = Array.from({ length: 40 }, (_, i) => [i, i % 8, 0, 1])
    const kept = new Float64Array(40)
    for (let sample = 0; sample < 2000; sample++) {
      const events = copyEvents(recordingOf(rows), [2, 8, 8])
      transformEvents([settings('dropEvent', { probability: 0.31 })], events, { ...training, sample })
      expect(events.count).toBe(40 - 12)
      for (const [t] of rowsOf(events)) kept[t]++
    }
    for (const count of kept) expect(Math.abs(count / 2000 - 0.7)).toBeLessThan(0.05)
  })

  it('drops a box and an interval', () => {
    const rows = Array.from({ length: 64 }, (_, i) => [i, i % 8, Math.floor(i / 8), 1])
    expect(after(rows, 'dropEventByArea', { ratio: 0.5 }).count).toBe(64 - 16)
    const left = rowsOf(after(rows, 'dropEventByTime', { ratio: 0.5 })).map(([t]) => t)
    expect(64 - left.length).toBeGreaterThanOrEqual(31)
    const gaps = left.filter((t, i) => i > 0 && t !== left[i - 1] + 1)
    expect(gaps.length).toBeLessThanOrEqual(1)
  })

  it('jitter has the deviation asked for', () => {
    const rows = Array.from({ length: 4000 }, () => [100000, 1000, 1000, 1])
    const times = rowsOf(after(rows, 'timeJitter', { deviation: 200 })).map(([t]) => t - 100000)
    const spread = Math.sqrt(times.reduce((sum, t) => sum + t * t, 0) / 4000)
    expect(Math.abs(spread - 200)).toBeLessThan(10)
    expect(times.every((t, i) => i === 0 || t >= times[i - 1])).toBe(true)
    const params = { varianceX: 100, varianceY: 400, covariance: 150 }
    const moved = rowsOf(after(rows, 'spatialJitter', params, [2, 4000, 4000]))
    const mean = (of: (dx: number, dy: number) => number) =>
      moved.reduce((sum, [, x, y]) => sum + of(x - 999.5, y - 999.5), 0) / 4000
    expect(Math.abs(mean((dx) => dx * dx) - 100)).toBeLessThan(10)
    expect(Math.abs(mean((_, dy) => dy * dy) - 400)).toBeLessThan(40)
    expect(Math.abs(mean((dx, dy) => dx * dy) - 150)).toBeLessThan(30)
  })

  it('noise lies between the first and the last event, in order', () => {
    const noisy = after(
      [
        [50, 1, 1, 1],
        [90, 2, 2, 0],
      ],
      'uniformNoise',
      { count: 30 },
    )
    const times = rowsOf(noisy).map(([t]) => t)
    expect([noisy.count, times.every((t) => t >= 50 && t <= 90)]).toEqual([32, true])
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    expect(after([], 'uniformNoise', { count: 30 }).count).toBe(0)
  })

  it('every one survives any recording and keeps to what its table says of the shape', () => {
    const eventKinds = kinds.filter((kind) => transformTables[kind].reads !== 'images')
    fc.assert(
      fc.property(
        recordings(8, 8, 60),
        fc.constantFrom(...eventKinds),
        fc.nat(),
        (recording, kind, sample) => {
          const before = structuredClone(recording)
          const events = copyEvents(recording, [2, 8, 8])
          const { params } = settings(
            kind,
            'width' in defaultValues(transformTables[kind].fields) ? { width: 5, height: 6 } : {},
          )
          transformEvents([{ kind, params }], events, { ...training, sample })
          expect(recording).toEqual(before)
          const table: TransformTable = transformTables[kind]
          expect(events.shape).toEqual(table.shape?.([2, 8, 8], params) ?? [2, 8, 8])
          const rows = rowsOf(events)
          expect(rows.every(([t, , , p]) => Number.isInteger(t) && (p === 0 || p === 1))).toBe(true)
          if (kind === 'spatialJitter') return
          const [, height, width] = events.shape
          expect(rows.every(([, x, y]) => x < width && y < height)).toBe(true)
          expect(rows.every(([t], i) => i === 0 || t >= rows[i - 1][0])).toBe(true)
        },
      ),
    )
  })
})

describe('what random transforms draw', () => {
  const rows = Array.from({ length: 30 }, (_, i) => [i, i % 8, 3, 1])
  const dropped = (
    stream: typeof training | typeof testing,
    appliesTo = 'training',
    before: TransformKind[] = [],
  ) => {
    const events = copyEvents(recordingOf(rows), [2, 8, 8])
    transformEvents(
      [...before.map((kind) => settings(kind)), settings('dropEvent', { appliesTo })],
      events,
      stream,
    )
    return rowsOf(events).map(([t]) => t)
  }

  it('depends on seed, sample, epoch and place in the list, and on nothing else', () => {
    expect(dropped(training)).toEqual(dropped(training))
    const others = [{ seed: 4 }, { sample: 5 }, { epoch: 2 }].map((other) =>
      dropped({ ...training, ...other } as never),
    )
    for (const other of others) expect(other).not.toEqual(dropped(training))
    expect(dropped(training, 'training', ['cropTime'])).not.toEqual(dropped(training))
  })

  it('leaves tests and evaluations alone, unless meant for them, and is then the same in every epoch', () => {
    expect(dropped(testing)).toHaveLength(30)
    expect(dropped({ ...training, epoch: 0 } as never)).toHaveLength(30)
    expect(dropped(testing, 'both')).toHaveLength(24)
    expect(dropped({ ...testing, epoch: 7 } as never, 'both')).toEqual(dropped(testing, 'both'))
    expect(dropped(testing, 'both')).not.toEqual(dropped(training, 'both'))
  })

  it('crops the middle where nothing may be random', () => {
    const events = copyEvents(recordingOf([[0, 4, 4, 1]]), [2, 8, 8])
    transformEvents([settings('randomCrop', { width: 4, height: 4 })], events, testing)
    expect([rowsOf(events), events.shape]).toEqual([[[0, 2, 2, 1]], [2, 4, 4]])
  })
})

const picture: ImageSample = {
  shape: [1, 5, 7],
  pixels: Uint8Array.from({ length: 35 }, (_, i) => (i * 37 + 11) % 256),
}

function pixels(kind: TransformKind, params: FieldValues, image = picture): number[] {
  return [...transformImage([settings(kind, params)], image, training).pixels]
}

/** A stream whose uniform numbers are all the same. */
function fixed(value: number): TransformStream {
  return Object.assign(new TransformStream(training, 0), { uniform: () => value })
}

describe('transforms of images', () => {
  it('resize gives the bytes of Pillow', () => {
    expect(pixels('resize', { width: 3, height: 4 })).toEqual([
      44, 123, 202, 47, 126, 205, 51, 130, 209, 54, 133, 212,
    ])
    expect(pixels('resize', { width: 7, height: 2 })).toEqual([
      ...[14, 51, 88, 125, 162, 199, 236, 20, 57, 94, 131, 168, 205, 242],
    ])
    const larger = pixels('resize', { width: 10, height: 8 })
    expect(larger.slice(0, 12)).toEqual([11, 31, 57, 83, 109, 135, 161, 187, 213, 233, 12, 32])
    expect(larger.slice(-4)).toEqual([173, 199, 225, 245])
    expect(pixels('resize', { width: 7, height: 5 })).toEqual([...picture.pixels])
  })

  it('grayscale gives the bytes of Pillow', () => {
    const interleaved = [7, 60, 113, 166, 219, 16, 69, 122, 175, 228, 25, 78, 131, 184, 237, 34, 87, 140]
    const planes = [0, 1, 2].flatMap((channel) => interleaved.filter((_, i) => i % 3 === channel))
    const image = { shape: [3, 2, 3], pixels: Uint8Array.from(planes) }
    expect(pixels('grayscale', {}, image)).toEqual([50, 180, 112, 92, 174, 77])
  })

  it('rotation takes the pixels that Pillow takes', () => {
    const rotated = (degrees: number, at: number) => [
      ...(transforms.randomRotate.image?.(picture, { degrees }, fixed(at)).pixels ?? []),
    ]
    expect(rotated(10, 1)).toEqual([
      ...[11, 48, 85, 122, 159, 196, 236, 11, 51, 88, 125, 162, 199, 239, 14, 54, 91, 128, 165, 202, 242],
      ...[17, 57, 94, 131, 168, 205, 245, 20, 60, 97, 134, 171, 208, 245],
    ])
    expect(rotated(33, 0)).toEqual([
      ...[0, 14, 51, 85, 122, 0, 0, 20, 54, 91, 88, 125, 159, 196, 23, 57, 94, 128, 162, 199, 233, 60, 97],
      ...[131, 168, 165, 202, 236, 0, 0, 134, 171, 205, 242, 0],
    ])
  })

  it('normalise is that of torchvision in float32', () => {
    const image = { shape: [2, 1, 1], pixels: Uint8Array.of(51, 255) }
    const [first, second] = pixels('normalise', { mean: '0.1, 0.5', deviation: '0.2, 0.25' }, image)
    expect([first, second]).toEqual([
      Math.fround((Math.fround(0.2) - Math.fround(0.1)) / Math.fround(0.2)),
      Math.fround(0.5 / Math.fround(0.25)),
    ])
  })

  it('crops, flips and shifts move whole pixels', () => {
    const row = { shape: [1, 1, 4], pixels: Uint8Array.of(1, 2, 3, 4) }
    expect(pixels('centerCrop', { width: 2, height: 1 }, row)).toEqual([2, 3])
    expect(pixels('centerCrop', { width: 7, height: 1 }, row)).toEqual([0, 1, 2, 3, 4, 0, 0])
    expect(pixels('flipLR', { probability: 1 }, row)).toEqual([4, 3, 2, 1])
    const shift = (at: number) => [
      ...(transforms.randomShift.image?.(row, { x: 1, y: 0 }, fixed(at)).pixels ?? []),
    ]
    expect([shift(0), shift(0.5), shift(0.99)]).toEqual([
      [2, 3, 4, 0],
      [1, 2, 3, 4],
      [0, 1, 2, 3],
    ])
    const crop = transforms.randomCrop.image?.(row, { width: 4, height: 1, padding: 1 }, fixed(0))
    expect([...(crop?.pixels ?? [])]).toEqual([0, 0, 0, 0])
  })

  it('leave the image that they were given, and give what their table says of the shape', () => {
    const imageKinds = kinds.filter((kind) => transformTables[kind].reads !== 'events')
    fc.assert(
      fc.property(fc.constantFrom(...imageKinds), fc.nat(), (kind, sample) => {
        const image = { shape: [3, 6, 5], pixels: Uint8Array.from({ length: 90 }, (_, i) => i) }
        const before = structuredClone(image)
        const setting = settings(kind, kind === 'resize' ? { width: 4, height: 9 } : {})
        const result = transformImage([setting], image, { ...training, sample })
        const table: TransformTable = transformTables[kind]
        expect(image).toEqual(before)
        expect(result.shape).toEqual(table.shape?.([3, 6, 5], setting.params) ?? [3, 6, 5])
        expect(result.pixels.length).toBe(result.shape.reduce((product, size) => product * size, 1))
      }),
    )
  })
})

const samples = process.env.SPIKEDESK_EVENT_SAMPLES ?? ''
const nmnist = join(samples, 'sample_nmnist.bin')

describe.skipIf(samples === '' || !existsSync(nmnist))('a recording of N-MNIST', () => {
  it('keeps as many events as tonic does when denoised', () => {
    const bytes = readFileSync(nmnist)
    expect(after(readAtis(bytes), 'denoise', { filterTime: 10000 }, [2, 34, 34]).count).toBe(4012)
  })
})
