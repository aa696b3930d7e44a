import { describe, expect, it } from 'vitest'
import { drawSpikes } from '../../../src-main/encoding/draw.ts'
import { encodeSample, encoders, levelTable } from '../../../src-main/encoding/index.ts'
import { spikeThreshold } from '../../../src-main/encoding/threshold.ts'
import type { FieldValues } from '../../../src-shared/fields.ts'
import { philox, purposes } from '../../../src-shared/philox.ts'

const stream = { seed: 7, phase: 'train' as const, sample: 4321, epoch: 3 }
const pixels = Uint8Array.from({ length: 300 }, (_, i) => (i * 37) % 256)

/** The 16-bit draw of element `i` of four words of its lane. */
const halfOf = (words: ArrayLike<number>, i: number) => (words[(i >> 5) & 3] >>> (16 * (i & 1))) & 0xffff
const laneOf = (i: number) => (i >> 7) * 16 + ((i >> 1) & 15)

/** Where a draw decides, as the definition has it, one element at a time: xoshiro128++ in 64-bit arithmetic. */
function draw(i: number, t: number, { seed, sample, epoch } = stream): number {
  const s = new Uint32Array(4)
  philox(seed, purposes.encodeTrain, laneOf(i), t >> 5, sample, epoch, s)
  let [s0, s1, s2, s3] = Array.from(s, BigInt)
  const mask = 0xffffffffn
  const rotate = (x: bigint, k: bigint) => ((x << k) | (x >> (32n - k))) & mask
  const words: number[] = []
  for (let n = 0; n < 4 * ((t & 31) + 1); n++) {
    words.push(Number((rotate((s0 + s3) & mask, 7n) + s0) & mask))
    const shifted = (s1 << 9n) & mask
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = rotate(s3, 11n)
  }
  return halfOf(words.slice(-4), i)
}

/** Where a tie is settled. */
function secondDraw(i: number, t: number, { seed, sample, epoch } = stream): number {
  const words = new Uint32Array(4)
  philox(seed, purposes.encodeTieTrain, laneOf(i), t, sample, epoch, words)
  return halfOf(words, i)
}

describe('spike thresholds', () => {
  it('never fire at 0 and always at 1', () => {
    expect(spikeThreshold(0)).toEqual({ high: 0, low: 0 })
    expect(spikeThreshold(1)).toEqual({ high: 65536, low: 0 })
  })

  it('split 32 bits of a probability', () => {
    expect(spikeThreshold(0.5)).toEqual({ high: 32768, low: 0 })
    expect(spikeThreshold(0x12345678 / 0x100000000)).toEqual({ high: 0x1234, low: 0x5678 })
  })
})

describe('levels', () => {
  it('are the byte over 255 in float32', () => {
    const levels = levelTable(encoders.poisson, { gain: 1, offset: 0 })
    expect(levels[0]).toBe(0)
    expect(levels[255]).toBe(1)
    expect(levels[100]).toBe(Math.fround(100 / 255))
  })

  it('of rate are clipped, of constant are not', () => {
    const parameters = { gain: 3, offset: -0.5 }
    expect(encoders.rate.level(1, parameters)).toBe(1)
    expect(encoders.rate.level(0, parameters)).toBe(0)
    expect(encoders.constant.level(1, parameters)).toBe(2.5)
    expect(encoders.constant.level(0, parameters)).toBe(-0.5)
  })

  it('round after the product and after the sum', () => {
    const x = Math.fround(77 / 255)
    const wanted = Math.fround(Math.fround(Math.fround(0.3) * x) + Math.fround(0.1))
    expect(encoders.constant.level(x, { gain: 0.3, offset: 0.1 })).toBe(wanted)
  })
})

describe('encodeSample', () => {
  it('repeats the current of a constant encoding at every step', () => {
    const settings = { kind: 'constant' as const, params: { gain: 2, offset: 1 } }
    const values = encodeSample(settings, Uint8Array.of(0, 255, 51), 3, stream)
    expect([...values]).toEqual([1, 3, 1, 3, 1, 3, 1, 3, 1].map((_, i) => [1, 3, Math.fround(1.4)][i % 3]))
  })

  it.each(['rate', 'poisson'] as const)('draws %s spikes exactly as defined', (kind) => {
    const params: FieldValues = kind === 'rate' ? { gain: 0.8, offset: 0.05 } : {}
    const levels = levelTable(encoders[kind], { gain: 0.8, offset: 0.05 })
    const values = encodeSample({ kind, params }, pixels, 40, stream)
    for (let t = 0; t < 40; t++) {
      for (let i = 0; i < pixels.length; i++) {
        const threshold = Math.floor(levels[pixels[i]] * 2 ** 32)
        const first = draw(i, t)
        const second = secondDraw(i, t)
        const spike = first * 65536 + second < threshold ? 1 : 0
        expect(values[t * pixels.length + i], `element ${i}, step ${t}`).toBe(spike)
      }
    }
  })

  it('takes a second draw only where the first equals the upper half of the threshold', () => {
    const first = draw(5, 0)
    const second = secondDraw(5, 0)
    const levelOf = (low: number) => new Float32Array(256).fill(0).fill((first + low / 65536) / 65536, 9, 10)
    const sample = new Uint8Array(6).fill(9)
    const out = new Float32Array(6)
    // 24 bits of a float32 hold `first` and the upper bits of `low`.
    const cases = [0, 0x4000, 0x8000, 0xff00].map((low) => {
      const levels = levelOf(low)
      drawSpikes(levels, sample, 1, stream, out)
      return { spike: out[5], wanted: second < (Math.floor(levels[9] * 2 ** 32) & 0xffff) ? 1 : 0 }
    })
    for (const { spike, wanted } of cases) expect(spike).toBe(wanted)
    expect(new Set(cases.map(({ spike }) => spike))).toEqual(new Set([0, 1]))
  })

  it('fires at the rate of its probability', () => {
    const grey = new Uint8Array(1000).fill(64)
    const values = encodeSample({ kind: 'poisson', params: {} }, grey, 50, stream)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    expect(Math.abs(mean - 64 / 255)).toBeLessThan(0.008)
  })

  it('draws anew for another sample, step, epoch, seed and phase', () => {
    const encode = (change: object) =>
      encodeSample({ kind: 'poisson', params: {} }, pixels, 2, { ...stream, ...change }).join('')
    const all = [{}, { sample: 1 }, { epoch: 4 }, { seed: 8 }, { phase: 'test' as const }].map(encode)
    expect(new Set(all).size).toBe(all.length)
    expect(all[0].slice(0, 300)).not.toBe(all[0].slice(300))
  })

  it('gives a test sample the same spikes in every epoch', () => {
    const encode = (epoch: number) =>
      encodeSample({ kind: 'poisson', params: {} }, pixels, 2, { ...stream, phase: 'test', epoch })
    expect(encode(9)).toEqual(encode(0))
  })
})
