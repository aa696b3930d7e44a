import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nativePermute, type Permute } from '../../src-main/native/order.ts'
import { permutation, purposes, type Purpose } from '../../src-shared/philox.ts'

function addon(): Permute {
  const found = nativePermute()
  if (!found) throw new Error('the addon does not load')
  return found
}

const permute = addon()

function permuted(count: number, seed: number, purpose: Purpose, stream: number): Uint32Array {
  const order = new Uint32Array(count).fill(7)
  permute(order, seed, purposes[purpose], stream)
  return order
}

const words = [0, 1, 3, 0x7fffffff, 0x80000000, 0xffffffff]
const draws = words.flatMap((seed) => words.map((stream) => [seed, stream]))
const word = fc.integer({ min: 0, max: 0xffffffff })

/** The first place where two orders differ; `toEqual` takes seconds for long ones. */
const firstDifference = (one: Uint32Array, other: Uint32Array) =>
  one.findIndex((number, i) => number !== other[i])

describe('a permutation in C++', () => {
  // Words are drawn 64 at a time.
  it.each([0, 1, 2, 3, 63, 64, 65, 66, 128, 129, 255, 256, 257, 60_000])(
    'of %i is that of TypeScript',
    (count) => {
      for (const [seed, stream] of draws) {
        const [found, wanted] = [permuted, permutation].map((draw) => draw(count, seed, 'shuffle', stream))
        expect([found.length, firstDifference(found, wanted)]).toEqual([count, -1])
      }
    },
  )

  it('is that of TypeScript for any seed, purpose and epoch', () => {
    const purpose = fc.constantFrom(...(Object.keys(purposes) as Purpose[]))
    fc.assert(
      fc.property(fc.nat(400), word, purpose, word, (...given) => {
        expect(permuted(...given)).toEqual(permutation(...given))
      }),
    )
  })

  it('stays within a part of an array, shared memory too', () => {
    const whole = new Uint32Array(new SharedArrayBuffer(4 * 100)).fill(7)
    permute(whole.subarray(10, 80), 1, purposes.shuffle, 2)
    expect([...whole.subarray(10, 80)]).toEqual([...permutation(70, 1, 'shuffle', 2)])
    expect(new Set([...whole.subarray(0, 10), ...whole.subarray(80)])).toEqual(new Set([7]))
  })

  it('refuses what is no array of whole numbers of 32 bits', () => {
    const loose = permute as unknown as (...given: unknown[]) => void
    for (const order of [
      undefined,
      null,
      3,
      [1, 2],
      new Int32Array(2),
      new Float64Array(2),
      new ArrayBuffer(8),
    ])
      expect(() => loose(order, 1, 2, 3)).toThrow('order must be a typed array of the right kind.')
    const order = new Uint32Array(9).fill(7)
    for (const [i, name] of ['seed', 'purpose', 'stream'].entries())
      for (const bad of [undefined, null, '1', 1n, -1, 0.5, NaN, Infinity, 0x100000000]) {
        const given: unknown[] = [1, 2, 3]
        given[i] = bad
        expect(() => loose(order, ...given)).toThrow(`${name} must be a whole number from 0 to 4294967295.`)
      }
    expect(new Set(order)).toEqual(new Set([7]))
  })

  it('of an array whose memory has gone elsewhere is empty', () => {
    const order = new Uint32Array(8)
    structuredClone(order.buffer, { transfer: [order.buffer] })
    permute(order, 1, purposes.shuffle, 1)
    expect(order.length).toBe(0)
  })
})

describe('the order of an epoch', () => {
  const plan = { samples: 3000, batchSize: 100, dropLast: false, seed: 0xfffffff0 }

  afterEach(() => {
    vi.unstubAllEnvs()
    vi.resetModules()
  })

  it('is the same without the addon', async () => {
    const { epochOrder } = await import('../../src-main/training/batches.ts')
    const wanted = epochOrder(plan, 4)
    vi.resetModules()
    vi.stubEnv('SPIKEDESK_ADDON', join(import.meta.dirname, 'no such folder'))
    const without = await import('../../src-main/training/batches.ts')
    const { nativePermute: found } = await import('../../src-main/native/order.ts')
    expect(found()).toBeNull()
    expect(without.epochOrder(plan, 4)).toEqual(wanted)
    expect(wanted).toEqual(permutation(plan.samples, plan.seed, 'shuffle', 4))
  })

  it.each([true, false])(
    'is written over the last one if that has its length, with the addon: %s',
    async (has) => {
      if (!has) vi.stubEnv('SPIKEDESK_ADDON', join(import.meta.dirname, 'no such folder'))
      vi.resetModules()
      const { epochOrder } = await import('../../src-main/training/batches.ts')
      const wanted = permutation(plan.samples, plan.seed, 'shuffle', 5)
      const past = epochOrder(plan, 4)
      expect(epochOrder(plan, 5, past)).toBe(past)
      expect(past).toEqual(wanted)
      const other = epochOrder({ ...plan, samples: 10 }, 4)
      expect(epochOrder(plan, 5, other)).toEqual(wanted)
      expect(other).toEqual(permutation(10, plan.seed, 'shuffle', 4))
    },
  )
})
