import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EventRecording } from '../../../../src-main/datasets/dataset.ts'
import { eventEncoders, eventsOf } from '../../../../src-main/encoding/events/index.ts'
import { slicings } from '../../../../src-main/encoding/events/slicings.ts'
import { SparseFrames } from '../../../../src-main/encoding/sparseFrames.ts'
import { encodingTables } from '../../../../src-shared/encodingTables.ts'
import { defaultValues, type FieldValues } from '../../../../src-shared/fields.ts'
import { readAtis, recordingOf, recordings } from './recordings.ts'

const defaults = defaultValues(encodingTables.frames.fields)

function framesOf(
  recording: EventRecording,
  steps: number,
  changes: FieldValues = {},
  shape = [2, 34, 34],
): { sums: number[]; frames: SparseFrames; time: number; place: number } {
  const frames = new SparseFrames(false)
  const dropped = eventEncoders.frames.encode(
    eventsOf(recording, shape),
    steps,
    { ...defaults, ...changes },
    frames,
  )
  const sums = Array.from({ length: steps }, (_, step) => {
    const values = [...(frames.values ?? []).slice(frames.starts[step], frames.starts[step + 1])]
    return values.reduce((sum, value) => sum + value, 0)
  })
  expect(frames.steps).toBe(steps)
  return { sums, frames, ...dropped }
}

/** One event every 10 µs, 100 to 190. */
const ten = recordingOf(Array.from({ length: 10 }, (_, i) => [100 + 10 * i, i, 2 * i, i % 2]))

describe('slicing as tonic does', () => {
  it('loses the rest and the last event in time bins', () => {
    expect(framesOf(ten, 4, { slicing: 'timeBins' })).toMatchObject({ sums: [3, 2, 2, 2], time: 1 })
    expect(framesOf(ten, 5, { slicing: 'timeBins' })).toMatchObject({ sums: [2, 2, 2, 2, 1], time: 1 })
    expect(framesOf(ten, 7, { slicing: 'timeBins' })).toMatchObject({ sums: [2, 1, 1, 1, 1, 2, 1], time: 1 })
  })

  it('widens time bins by a share and moves on by a part of them', () => {
    // Windows of 45·1.5 = 67.5 µs, 33.75 µs apart: 100-167.5 and 133.75-201.25.
    expect(framesOf(ten, 2, { slicing: 'timeBins', overlap: 0.5 })).toMatchObject({ sums: [7, 6], time: 0 })
  })

  it('gives empty frames where all events have one time', () => {
    const burst = recordingOf([5, 5, 5].map((t) => [t, 1, 1, 1]))
    expect(framesOf(burst, 3)).toMatchObject({ sums: [0, 0, 0], time: 3 })
    expect(framesOf(recordingOf([[5, 1, 1, 1]]), 2)).toMatchObject({ sums: [0, 0], time: 1 })
  })

  it('cuts time windows from the first event on and keeps the last one where asked', () => {
    const window = { slicing: 'timeWindow', window: 40 }
    expect(framesOf(ten, 4, window)).toMatchObject({ sums: [4, 4, 0, 0], time: 2 })
    expect(framesOf(ten, 4, { ...window, includeIncomplete: true })).toMatchObject({
      sums: [4, 4, 2, 0],
      time: 0,
    })
    expect(framesOf(ten, 4, { ...window, overlap: 20 })).toMatchObject({ sums: [4, 4, 4, 0], time: 2 })
    expect(framesOf(ten, 2, { slicing: 'timeWindow', window: 1000 })).toMatchObject({
      sums: [10, 0],
      time: 0,
    })
    expect(framesOf(ten, 1, window)).toMatchObject({ sums: [4], time: 6 })
  })

  it('cuts slices of a number of events', () => {
    const count = { slicing: 'eventCount', count: 4 }
    expect(framesOf(ten, 3, count)).toMatchObject({ sums: [4, 4, 0], time: 2 })
    expect(framesOf(ten, 3, { ...count, includeIncomplete: true })).toMatchObject({
      sums: [4, 4, 2],
      time: 0,
    })
    expect(framesOf(ten, 4, { ...count, overlap: 2 })).toMatchObject({ sums: [4, 4, 4, 4], time: 0 })
    expect(framesOf(ten, 2, { slicing: 'eventCount', count: 50 })).toMatchObject({ sums: [10, 0], time: 0 })
  })

  it('cuts bins of events and loses the rest', () => {
    expect(framesOf(ten, 3, { slicing: 'eventBins' })).toMatchObject({ sums: [3, 3, 3], time: 1 })
    // ⌊3·1.4⌋ = 4 events, ⌊4·0.6⌋ = 2 apart.
    expect(framesOf(ten, 3, { slicing: 'eventBins', overlap: 0.4 })).toMatchObject({
      sums: [4, 4, 4],
      time: 2,
    })
    expect(framesOf(ten, 2, { slicing: 'all' })).toMatchObject({ sums: [10, 0], time: 0 })
  })
})

describe('slicing as spikingjelly does', () => {
  it('gives the rest to the last frame', () => {
    expect(framesOf(ten, 3, { slicing: 'number' })).toMatchObject({ sums: [3, 3, 4], time: 0 })
    expect(framesOf(ten, 4, { slicing: 'time' })).toMatchObject({ sums: [3, 2, 2, 3], time: 0 })
  })

  it('leaves a segment without events empty', () => {
    const gap = recordingOf([0, 1, 90].map((t) => [t, 0, 0, 1]))
    expect(framesOf(gap, 3, { slicing: 'time' })).toMatchObject({ sums: [2, 0, 1], time: 0 })
  })
})

describe('what stands in a frame', () => {
  const three = recordingOf([
    [0, 1, 0, 1],
    [1, 1, 0, 1],
    [2, 1, 0, 0],
    [3, 40, 0, 0],
  ])
  const entries = (changes: FieldValues) => {
    const { frames, place } = framesOf(three, 1, { slicing: 'all', ...changes }, [2, 2, 3])
    return [
      [...frames.places.subarray(0, frames.length)],
      [...(frames.values ?? []).slice(0, frames.length)],
      place,
    ]
  }

  it('keeps, merges or sums polarities, and counts what lies outside the sensor', () => {
    expect(entries({ polarity: 'kept' })).toEqual([[1, 7], [1, 2], 1])
    expect(entries({ polarity: 'merged' })).toEqual([[1], [3], 1])
    expect(entries({ polarity: 'summed' })).toEqual([[1], [1], 1])
    expect(entries({ polarity: 'kept', values: 'binary' })).toEqual([[1, 7], [1, 1], 1])
  })
})

const slicingNames = Object.keys(slicings)

describe('every slicing', () => {
  const cases = {
    recording: recordings(9, 7),
    steps: fc.integer({ min: 1, max: 12 }),
    slicing: fc.constantFrom(...slicingNames),
    polarity: fc.constantFrom('kept', 'merged'),
    window: fc.integer({ min: 1, max: 3000 }),
    count: fc.integer({ min: 1, max: 80 }),
    includeIncomplete: fc.boolean(),
  }

  it('shows every event that it does not report as dropped, once', () => {
    fc.assert(
      fc.property(fc.record(cases), ({ recording, steps, ...changes }) => {
        const { sums, frames, time, place } = framesOf(recording, steps, changes, [2, 6, 8])
        expect(sums.reduce((sum, value) => sum + value, 0)).toBe(recording.t.length - time - place)
        for (let step = 0; step < steps; step++) {
          const places = frames.places.subarray(frames.starts[step], frames.starts[step + 1])
          expect([...places]).toEqual([...new Set(places)].sort((a, b) => a - b))
          expect(places.every((spot) => spot < 2 * 6 * 8)).toBe(true)
        }
      }),
    )
  })

  it('reports each lost event once where frames overlap', () => {
    const overlap = fc.record({
      ...cases,
      window: fc.constant(100),
      count: fc.constant(10),
      overlap: fc.constant(0.5),
    })
    fc.assert(
      fc.property(overlap, ({ recording, steps, ...changes }) => {
        const { sums, time, place } = framesOf(recording, steps, changes, [2, 6, 8])
        const shown = recording.t.length - time - place
        expect(sums.reduce((sum, value) => sum + value, 0)).toBeGreaterThanOrEqual(Math.max(0, shown))
        expect(time + place).toBeLessThanOrEqual(recording.t.length)
      }),
    )
  })
})

describe('the voxel grid', () => {
  const encode = (recording: EventRecording, steps: number, shape: number[]) => {
    const frames = new SparseFrames(false)
    const dropped = eventEncoders.voxelGrid.encode(eventsOf(recording, shape), steps, {}, frames)
    const values = Array.from({ length: steps }, () => new Array<number>(shape[1] * shape[2]).fill(0))
    for (let step = 0; step < steps; step++)
      for (let i = frames.starts[step]; i < frames.starts[step + 1]; i++)
        values[step][frames.places[i]] = frames.values?.[i] ?? 0
    return { values, dropped }
  }

  it('shares each event between two bins of time, with its sign', () => {
    const recording = recordingOf([
      [0, 0, 0, 1],
      [25, 1, 0, 0],
      [75, 0, 0, 1],
      [100, 1, 0, 1],
    ])
    // τ = 0, 0.5, 1.5 and 2 of two bins.
    expect(encode(recording, 2, [2, 1, 2])).toEqual({
      values: [
        [1, -0.5],
        [0.5, -0.5],
      ],
      dropped: { time: 1, place: 0 },
    })
  })

  it('sums to the events that are not in the last bin or dropped', () => {
    fc.assert(
      fc.property(recordings(5, 5), fc.integer({ min: 1, max: 9 }), (recording, steps) => {
        const ones = { ...recording, p: recording.p.map(() => 1) }
        const { values, dropped } = encode(ones, steps, [2, 5, 5])
        const { t } = recording
        const span = (t.at(-1) ?? 0) - (t[0] ?? 0)
        let wanted = 0
        for (const time of t) {
          const tau = (steps * (time - t[0])) / span
          if (tau < steps) wanted += tau < steps - 1 ? 1 : 1 - (tau - Math.floor(tau))
        }
        const sum = values.flat().reduce((total, value) => total + value, 0)
        expect(sum).toBeCloseTo(wanted, 3)
        expect(dropped.time).toBe(span === 0 ? t.length : t.filter((time) => time === t.at(-1)).length)
      }),
    )
  })
})

describe('the time surface', () => {
  it('decays from the last event of a place', () => {
    const recording = recordingOf([
      [100, 0, 0, 1],
      [105, 1, 0, 0],
      [112, 0, 0, 1],
      [130, 1, 0, 1],
    ])
    const frames = new SparseFrames(false)
    const params = { interval: 10, tau: 5 }
    const dropped = eventEncoders.timeSurface.encode(eventsOf(recording, [2, 1, 2]), 4, params, frames)
    const steps = Array.from({ length: 4 }, (_, step) => {
      const [from, to] = [frames.starts[step], frames.starts[step + 1]]
      return [[...frames.places.subarray(from, to)], [...(frames.values ?? []).slice(from, to)]]
    })
    const at = (age: number) => Math.fround(Math.exp(-age / 5))
    expect(steps).toEqual([
      [
        [1, 2],
        [at(5), at(10)],
      ],
      [
        [1, 2],
        [at(15), at(8)],
      ],
      [
        [1, 2],
        [at(25), at(18)],
      ],
      [[], []],
    ])
    expect(dropped).toEqual({ time: 1, place: 0 })
  })
})

const samples = process.env.SPIKEDESK_EVENT_SAMPLES ?? ''
const nmnist = join(samples, 'sample_nmnist.bin')

describe.skipIf(samples === '' || !existsSync(nmnist))('a recording of N-MNIST', () => {
  it('gives the published bins, and loses the last event', () => {
    const recording = readAtis(readFileSync(nmnist))
    const { sums, time, place } = framesOf(recording, 25)
    expect(recording.t.length).toBe(4325)
    expect([time, place]).toEqual([1, 0])
    expect(sums).toEqual([
      ...[25, 82, 206, 326, 348, 270, 88, 24, 76, 106, 238, 287, 233, 199, 84, 64, 88, 34, 96, 345, 377],
      ...[360, 209, 130, 29],
    ])
  })
})
