import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bitCount,
  firingAt,
  lowestBit,
  noSpikes,
  packSpikes,
  spikeAt,
  spikesBetween,
} from '../../src-shared/spikeBits.ts'
import { unpackSpikes } from './unpackSpikes.ts'

const rasters = fc
  .record({ steps: fc.integer({ min: 1, max: 5 }), inputs: fc.integer({ min: 1, max: 100 }) })
  .chain(({ steps, inputs }) =>
    fc.record({
      ...{ steps: fc.constant(steps), inputs: fc.constant(inputs) },
      values: fc.array(fc.integer({ min: 0, max: 1 }), {
        minLength: steps * inputs,
        maxLength: steps * inputs,
      }),
    }),
  )

describe('spikes as bits', () => {
  it('hold what was packed, and nothing beyond the last input', () => {
    fc.assert(
      fc.property(rasters, ({ steps, inputs, values }) => {
        const bits = packSpikes(values, steps, inputs)
        expect([...unpackSpikes(bits)]).toEqual(values)
        expect(bits.words.reduce((sum, word) => sum + bitCount(word), 0)).toBe(
          values.reduce((sum, value) => sum + value, 0),
        )
        expect(spikeAt(bits, steps - 1, inputs - 1)).toBe(values[values.length - 1])
      }),
    )
  })

  it('name the inputs that fire at a step', () => {
    fc.assert(
      fc.property(rasters, ({ steps, inputs, values }) => {
        const bits = packSpikes(values, steps, inputs)
        const into = new Uint32Array(inputs)
        for (let step = 0; step < steps; step++) {
          const row = values.slice(step * inputs, (step + 1) * inputs)
          const firing = row.flatMap((value, input) => (value === 1 ? [input] : []))
          expect([...into.subarray(0, firingAt(bits, step, into))]).toEqual(firing)
        }
      }),
    )
  })

  it('are counted in any range of inputs', () => {
    fc.assert(
      fc.property(rasters, fc.nat(), fc.nat(), ({ steps, inputs, values }, a, b) => {
        const [low, high] = [a % (inputs + 1), b % (inputs + 1)].sort((first, second) => first - second)
        const row = values.slice((steps - 1) * inputs)
        const wanted = row.slice(low, high).reduce((sum, value) => sum + value, 0)
        expect(spikesBetween(packSpikes(values, steps, inputs), steps - 1, low, high)).toBe(wanted)
      }),
    )
  })

  it('take anything but zero for a spike, and missing numbers for silence', () => {
    expect(packSpikes(Float32Array.of(-1, 0, 0.5), 2, 2).words).toEqual(Uint32Array.of(1, 1))
    expect(packSpikes([1], 3, 2)).toEqual({ ...noSpikes(3, 2), words: Uint32Array.of(1, 0, 0) })
    expect([lowestBit(0x80000000 | 0), lowestBit(12)]).toEqual([31, 2])
  })
})
