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
  ['triangle', { alpha: 2 }, 0.25, true, 1],
  ['triangle', { alpha: 2 }, -0.5, false, 0],
  ['spike_rate_escape', { beta: 2, slope: 3 }, 0, false, 3 * Math.exp(-2)],
  ['spike_rate_escape', { beta: 2, slope: 3 }, 1, true, 3],
  ['LSO', { slope: 0.1 }, 1, true, 1],
  ['LSO', { slope: 0.1 }, -1, false, 0.1],
  ['SFS', { slope: 1, B: 1 }, 1, true, 0],
  ['SFS', { slope: 1, B: 1 }, 3, true, 1 / 16],
  ['PiecewiseQuadratic', { alpha: 1 }, 0.25, true, 0.75],
  ['PiecewiseExp', { alpha: 2 }, -1, false, Math.exp(-2)],
  ['SoftSign', { alpha: 2 }, 0.5, true, 0.25],
  ['SuperSpike', { alpha: 3 }, -2, false, 1 / 3],
  ['NonzeroSignLogAbs', { alpha: 2 }, 0.5, true, 1],
  ['Erf', { alpha: 1 }, 1, true, Math.exp(-1) / Math.sqrt(Math.PI)],
  ['PiecewiseLeakyReLU', { w: 2, c: 0.01 }, 1, true, 0.25],
  ['PiecewiseLeakyReLU', { w: 2, c: 0.01 }, -2, false, 0.01],
  ['SquarewaveFourierSeries', { n: 2, T_period: 8 }, 0, true, 0.5],
  ['SquarewaveFourierSeries', { n: 3, T_period: 12 }, 1, true, Math.cos(Math.PI / 6) / 3],
  ['S2NN', { alpha: 4, beta: 3 }, 0.5, true, 2],
  ['QPseudoSpike', { alpha: 2 }, 0.5, true, 0.25],
  ['LeakyKReLU', { leak: 0.25, k: 2 }, 0, true, 2],
  ['LeakyKReLU', { leak: 0.25, k: 2 }, -1, false, 0.25],
  ['FakeNumericalGradient', { alpha: 0.3 }, 0, true, 0.3],
  ['FakeNumericalGradient', { alpha: 0.3 }, -5, false, 0.2],
  ['LogTailedReLU', { alpha: 0.1 }, 0, true, 0.1],
  ['LogTailedReLU', { alpha: 0.1 }, 1, true, 1],
  ['LogTailedReLU', { alpha: 0.1 }, 4, true, 0.25],
  ['Rect', { alpha: 2 }, 0.2, true, 2],
  ['Rect', { alpha: 2 }, 0.25, true, 0],
  ['DeterministicPass', {}, -100, false, 1],
]

describe('surrogates', () => {
  it.each(worked)('%s with %o at %d', (name, parameters, x, spiked, value) => {
    expect(findSurrogate(name)?.derivative(x, spiked, parameters, 0)).toBeCloseTo(value, 12)
  })

  it.each(surrogates.map(({ name }) => name))('%s is finite far from the threshold', (name) => {
    const surrogate = findSurrogate(name)
    const parameters = surrogateParameters(defaultSurrogate(name))
    for (const x of [-1e6, -1e3, 1e3, 1e6]) {
      expect(surrogate?.derivative(x, x > 0, parameters, 0)).toSatisfy(Number.isFinite)
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
