import { describe, expect, it } from 'vitest'
import { sampleEncoders } from '../../../src-main/encoding/index.ts'
import { encodeLatency, latencyDefaults, latencyTimes } from '../../../src-main/encoding/latency.ts'
import { encodeSequence, silenceBefore } from '../../../src-main/encoding/rate.ts'
import { roundHalfEven } from '../../../src-main/encoding/rounding.ts'
import type { SampleEncodingKind } from '../../../src-shared/encodingTables.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { defaultValues, type FieldValues } from '../../../src-shared/fields.ts'
import { sampleEncodingTables } from '../../../src-shared/sampleEncodingTables.ts'

const stream = { seed: 7, phase: 'train' as const, sample: 3, epoch: 1 }
const grey = Float32Array.from({ length: 256 }, (_, byte) => byte / 255)

function encode(kind: SampleEncodingKind, x: readonly number[], timeSteps: number, params: FieldValues = {}) {
  const values = { ...defaultValues(sampleEncodingTables[kind].fields), ...params }
  const out = sampleEncoders[kind].encode(Float32Array.from(x), timeSteps, values, stream)
  const width = out.length / timeSteps
  return Array.from({ length: timeSteps }, (_, t) => [...out.subarray(t * width, (t + 1) * width)])
}

function codeOf(run: () => unknown): string | null {
  try {
    run()
  } catch (thrown) {
    if (thrown instanceof SpikedeskError) return thrown.code
  }
  return null
}

it('halves are rounded to the even number', () => {
  expect([0.5, 1.5, 2.5, -0.5, 2.4999, 2.5001].map(roundHalfEven).map((n) => n + 0)).toEqual([
    0, 2, 2, 0, 2, 3,
  ])
})

describe('latency of snnTorch', () => {
  it('is the charging of a circuit', () => {
    const parameters = { ...latencyDefaults, tau: 5 }
    const [white, black] = latencyTimes(Float32Array.of(1, 0), 100, parameters)
    expect(white).toBeCloseTo(5 * Math.log(1 / 0.99), 6)
    expect(black).toBeCloseTo(57.56, 1)
  })

  it('is linear from the last step to the first', () => {
    const linear = { normalize: true, linear: true }
    expect(encode('latency', [0.02, 0.5, 1], 5, linear)).toEqual([
      [0, 0, 1],
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, 0],
      [1, 0, 0],
    ])
  })

  it('begins at the first spike time and ends at the last step', () => {
    const rows = encode('latency', [0, 0.5, 1], 8, { normalize: true, linear: true, firstSpikeTime: 3 })
    expect(rows.map((row) => row.indexOf(1) >= 0)).toEqual([
      false,
      false,
      false,
      true,
      false,
      true,
      false,
      true,
    ])
  })

  it('clips dark pixels, and bypasses late ones', () => {
    expect(encode('latency', [0, 1], 20, { clip: true, tau: 1 }).map(([dark]) => dark)).not.toContain(1)
    const late = encode('latency', [0, 1], 3, { bypass: true })
    expect(late).toEqual([
      [0, 1],
      [0, 0],
      [0, 0],
    ])
  })

  it('writes on and off values; the off value lifts what is below it', () => {
    expect(encode('latency', [1], 2, { onTarget: 3, offTarget: 0.5 })).toEqual([[3], [0.5]])
    expect(encode('latency', [1], 2, { onTarget: 3, offTarget: -1 })).toEqual([[3], [0]])
    const { binary } = sampleEncoders.latency
    const params = defaultValues(sampleEncodingTables.latency.fields)
    expect([binary(params), binary({ ...params, offTarget: 0.5 })]).toEqual([true, false])
    expect([binary({ ...params, interpolate: true }), binary({ ...params, onTarget: 2 })]).toEqual([
      false,
      false,
    ])
  })

  it('rises to each spike, as the example of snnTorch', () => {
    const params = { linear: true, normalize: true, interpolate: true, onTarget: 1.25, offTarget: 0.25 }
    expect(encode('latency', [1, 0], 5, { ...params, threshold: 1e-6 })).toEqual([
      [1.25, 0.25],
      [0.25, 0.5],
      [0.25, 0.75],
      [0.25, 1],
      [0.25, 1.25],
    ])
  })

  it('refuses in words', () => {
    const latency = (x: number[], timeSteps: number, changed: object) =>
      codeOf(() => encodeLatency(Float32Array.from(x), timeSteps, { ...latencyDefaults, ...changed }))
    expect(latency([0, 1], 3, {})).toBe('encoding.tooLate')
    expect(latency([-0.1, 1], 30, {})).toBe('encoding.brightness')
    expect(latency([1.5], 30, {})).toBe('encoding.brightness')
    expect(latency([1], 5, { firstSpikeTime: 5 })).toBe('encoding.firstSpike')
    expect(latency([0.5], 5, { threshold: 0.9, epsilon: 1e-12 })).toBe('encoding.epsilon')
    expect(latency([1], 5, { interpolate: true, onTarget: 0, offTarget: 1 })).toBe('encoding.targets')
  })
})

describe('latency of spikingjelly', () => {
  it.each(['linear', 'log'])('%s: every grey fires once, brighter never later', (curve) => {
    for (const timeSteps of [1, 8, 89, 120, 800]) {
      const rows = encode('firstSpike', [...grey], timeSteps, { curve })
      const steps = Array.from(grey, (_, i) => rows.findIndex((row) => row[i] === 1))
      expect(rows.flat().reduce((sum, value) => sum + value)).toBe(256)
      expect([steps[255], steps[0]]).toEqual([0, timeSteps - 1])
      expect(steps).toEqual(steps.toSorted((a, b) => b - a))
    }
  })

  it('follows its formulas', () => {
    const stepOf = (x: number, curve: string) =>
      encode('firstSpike', [x], 10, { curve }).findIndex(([value]) => value === 1)
    expect(stepOf(0.5, 'linear')).toBe(4)
    expect(stepOf(0.1, 'log')).toBe(Math.round(9 - Math.log((Math.exp(9) - 1) * 0.1 + 1)))
  })
})

it('delta spikes where a still image appears', () => {
  expect(encode('delta', [0.05, 0.5], 3)).toEqual([
    [0, 1],
    [0, 0],
    [0, 0],
  ])
  expect(encode('delta', [0.5, -0.5], 1, { offSpike: true })).toEqual([[1, -1]])
  expect(encode('delta', [0.5], 2, { padding: true })).toEqual([[0], [0]])
})

describe('weighted phase', () => {
  const digits = (x: number, params: FieldValues = {}) =>
    encode('phase', [x], 8, { scale: false, ...params })
      .flat()
      .join('')

  it('is the table of Kim et al.', () => {
    expect([192, 1, 128, 255].map((n) => digits(n / 256))).toEqual([
      '11000000',
      '00000001',
      '10000000',
      '11111111',
    ])
  })

  it('comes again after its phases, and takes 1 where it scales', () => {
    expect(digits(0.625, { phases: 4 })).toBe('10101010')
    expect(digits(1, { scale: true })).toBe('11111111')
    expect(codeOf(() => digits(1))).toBe('encoding.brightness')
  })
})

describe('population', () => {
  it('fires most where the brightness is the centre', () => {
    const rows = encode('population', [0.5, 1], 20)
    const counts = Array.from({ length: 10 }, (_, i) => rows.reduce((sum, row) => sum + row[i], 0))
    const ofField = (pixel: number) => Array.from({ length: 5 }, (_, k) => counts[2 * k + pixel])
    expect(ofField(0)).toEqual([0, 4, 20, 4, 0])
    expect(ofField(1)).toEqual([0, 0, 0, 4, 20])
  })

  it('draws with the activity as probability, the same again', () => {
    const params = { spikes: 'random', population: 3, deviation: 0.5 }
    const rows = encode('population', Array(200).fill(0.5), 50, params)
    const mean = (k: number) =>
      rows.reduce((sum, row) => sum + row.slice(k * 200, (k + 1) * 200).reduce((a, b) => a + b), 0) / 10000
    expect(mean(1)).toBe(1)
    expect(Math.abs(mean(0) - Math.exp(-0.5))).toBeLessThan(0.02)
    expect(encode('population', Array(200).fill(0.5), 50, params)).toEqual(rows)
  })
})

it('random periodic plays its first steps over and over', () => {
  const rows = encode('periodic', [...grey], 11, { period: 4 })
  for (let t = 4; t < 11; t++) expect(rows[t]).toEqual(rows[t - 4])
  expect(rows[0]).not.toEqual(rows[1])
})

describe('rate', () => {
  it('is silent before the first spike time', () => {
    const spikes = new Float32Array(8).fill(1)
    silenceBefore(3, spikes, 4)
    expect([...spikes]).toEqual([0, 0, 0, 0, 0, 0, 1, 1])
    expect(codeOf(() => silenceBefore(4, spikes, 4))).toBe('encoding.firstSpike')
  })

  it('of a sequence draws each step by itself, after more steps of silence', () => {
    const spikes = encodeSequence(Float32Array.of(0, 2, 1, -1, 0, 1), 2, 1, stream)
    expect([...spikes]).toEqual([0, 0, 0, 1, 1, 0, 0, 1])
    const half = encodeSequence(new Float32Array(4000).fill(0.5), 20, 0, stream)
    expect(Math.abs(half.reduce((sum, value) => sum + value) / 4000 - 0.5)).toBeLessThan(0.04)
  })
})
