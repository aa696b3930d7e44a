import { describe, expect, it } from 'vitest'
import { permutation, philox, purposes } from '../../src-shared/philox.ts'

/** philox4x32-10 in Random123's kat_vectors: counter, key, result. */
const published = [
  ['00000000 00000000 00000000 00000000', '00000000 00000000', '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
  ['ffffffff ffffffff ffffffff ffffffff', 'ffffffff ffffffff', '408f276d 41c83b0e a20bc7c6 6d5451fd'],
  ['243f6a88 85a308d3 13198a2e 03707344', 'a4093822 299f31d0', 'd16cfe09 94fdcceb 5001e420 24126ea1'],
] as const

const words = (text: string) => text.split(' ').map((word) => Number.parseInt(word, 16))

describe('philox4x32-10', () => {
  it.each(published)('gives the published words for counter %s and key %s', (counter, key, result) => {
    const [c0, c1, c2, c3] = words(counter)
    const [k0, k1] = words(key)
    const out = new Uint32Array(4)
    philox(k0, k1, c0, c1, c2, c3, out)
    expect([...out]).toEqual(words(result))
  })

  it('writes where it is told', () => {
    const out = new Uint32Array(6)
    philox(0, 0, 0, 0, 0, 0, out, 2)
    expect([...out]).toEqual([0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8])
  })
})

describe('purposes', () => {
  it('have different numbers', () => {
    const numbers = Object.values(purposes)
    expect(new Set(numbers).size).toBe(numbers.length)
  })
})

describe('permutation', () => {
  it('holds every number once', () => {
    const order = permutation(1000, 3, 'shuffle', 0)
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i))
  })

  it('is the same for the same seed and stream, and another for another', () => {
    const text = (seed: number, stream: number) => permutation(50, seed, 'shuffle', stream).join()
    expect(text(3, 1)).toBe(text(3, 1))
    expect(new Set([text(3, 1), text(3, 2), text(4, 1)]).size).toBe(3)
  })

  it('of nothing and of one is itself', () => {
    expect([...permutation(0, 1, 'shuffle', 0)]).toEqual([])
    expect([...permutation(1, 1, 'shuffle', 0)]).toEqual([0])
  })

  it('puts each number first about equally often', () => {
    const first = new Float64Array(5)
    for (let stream = 0; stream < 5000; stream++) first[permutation(5, 1, 'shuffle', stream)[0]]++
    for (const count of first) expect(Math.abs(count - 1000)).toBeLessThan(120)
  })
})
