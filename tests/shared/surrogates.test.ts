import { describe, expect, it } from 'vitest'
import {
  defaultSurrogate,
  findSurrogate,
  surrogateParameters,
  surrogates,
} from '../../src-shared/model/surrogates.ts'

/** Derivatives worked out by hand from the published formulas. */
const worked: [
  name: string,
  parameters: Record<string, number>,
  x: number,
  spiked: boolean,
  value: number,
][] = [
  ['atan', { alpha: 2 }, 0, false, 1],
  ['atan', { alpha: 2 }, 1, true, 1 / (1 + Math.PI ** 2)],
  ['ATan', { alpha: 4 }, -0.5, false, 2 / (1 + Math.PI ** 2)],
  ['fast_sigmoid', { slope: 25 }, 0, false, 1],
  ['fast_sigmoid', { slope: 25 }, -0.04, false, 0.25],
  ['heaviside', {}, 3, true, 1],
  ['heaviside', {}, -3, false, 0],
  ['sigmoid', { slope: 8 }, 0, false, 2],
  ['Sigmoid', { alpha: 4 }, 0, false, 1],
  ['straight_through_estimator', {}, 100, true, 1],
  ['triangular', { threshold: 2 }, -1, false, 2],
  ['triangular', { threshold: 2 }, 1, true, -2],
  ['triangular', { threshold: 2 }, 0, false, -2],
]

describe('surrogates', () => {
  it.each(worked)('%s with %o at %d', (name, parameters, x, spiked, value) => {
    expect(findSurrogate(name)?.derivative(x, spiked, parameters)).toBeCloseTo(value, 12)
  })

  it.each(surrogates.map(({ name }) => name))('%s is finite far from the threshold', (name) => {
    const surrogate = findSurrogate(name)
    const parameters = surrogateParameters(defaultSurrogate(name))
    for (const x of [-1e6, -1e3, 1e3, 1e6]) {
      expect(surrogate?.derivative(x, x > 0, parameters)).toSatisfy(Number.isFinite)
    }
  })

  it('take defaults for what a value leaves out', () => {
    expect(surrogateParameters({ name: 'fast_sigmoid' })).toEqual({ slope: 25 })
    expect(surrogateParameters({ name: 'fast_sigmoid', slope: 10 })).toEqual({ slope: 10 })
  })

  it('have different names', () => {
    expect(new Set(surrogates.map(({ name }) => name)).size).toBe(surrogates.length)
  })
})
