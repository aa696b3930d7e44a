import { describe, expect, it } from 'vitest'
import { settingDifferences } from '../../../src-main/analysis/settingDifference.ts'
import { singularValues } from '../../../src-main/analysis/singularValues.ts'
import { changeHistogram, changeOf } from '../../../src-main/analysis/tensorChange.ts'
import {
  deadRows,
  heatMap,
  histogram,
  tensorStatistics,
} from '../../../src-main/analysis/tensorStatistics.ts'

describe('the statistics of a tensor', () => {
  it('count what is not finite and leave it out of the rest', () => {
    const values = Float64Array.of(0, 2, Number.NaN, -2, Infinity, 0)
    expect(tensorStatistics(values)).toEqual({
      ...{ count: 6, notFinite: 2, min: -2, max: 2, mean: 0, zeros: 2 / 6 },
      deviation: Math.SQRT2,
    })
    expect([...histogram(values, -2, 2, 4)]).toEqual([1, 0, 2, 1])
  })

  it('find rows of zeros and means of blocks', () => {
    const values = Float64Array.of(0, 0, 1, 3, 0, 0, 5, 7)
    expect(deadRows(values, 4, 2, 1)).toEqual({ rows: [0], count: 2 })
    expect([...heatMap(values, 4, 2, 2).values]).toEqual([0.5, 1.5, 2.5, 3.5])
  })
})

/** Columns at right angles and of length 1 (Sylvester). */
function hadamard(size: number): number[][] {
  const bits = (value: number): number => value.toString(2).replaceAll('0', '').length
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_value, j) => (bits(i & j) % 2 === 0 ? 1 : -1) / Math.sqrt(size)),
  )
}

describe('the change of a tensor', () => {
  it('is told as length, share, largest element and angle', () => {
    const [first, second] = [Float64Array.of(3, 4, 0), Float64Array.of(3, 4, 12)]
    expect(changeOf(first, second)).toEqual({ distance: 12, relative: 2.4, most: 12, cosine: 25 / 65 })
    expect(changeOf(first, first)).toEqual({ distance: 0, relative: 0, most: 0, cosine: 1 })
    expect(changeOf(new Float64Array(2), Float64Array.of(0, 1))).toMatchObject({ relative: 1, cosine: 1 })
  })

  it('is counted in bins as far down as up', () => {
    const { min, max, counts } = changeHistogram(Float64Array.of(-1, 0, 0, 0.5), 5)
    expect([min, max, [...counts]]).toEqual([-1, 1, [1, 0, 2, 1, 0]])
  })
})

describe('settings that differ', () => {
  it('are named by their path, layers by their names', () => {
    const layer = (beta: number) => ({ id: 'lif1', kind: 'leaky', params: { beta } })
    const first = { timeSteps: 25, model: { layers: [layer(0.9)], input: [784] } }
    const second = { timeSteps: 25, model: { layers: [layer(0.8)], input: [784] }, seed: 1 }
    expect(settingDifferences(first, second)).toEqual([
      { path: 'model.layers.lif1.params.beta', first: 0.9, second: 0.8 },
      { path: 'seed', first: null, second: 1 },
    ])
  })
})

describe('singular values', () => {
  it('are those of a matrix with known ones, lying or standing', () => {
    // U·diag(3, 1)·Vᵀ with rotations by 30° and 60°.
    const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)]
    const matrix = Float64Array.of(3 * c * s - s * c, 3 * c * c + s * s, 3 * s * s + c * c, 3 * s * c - c * s)
    const [first, second] = singularValues(matrix, 2, 2)
    expect(first).toBeCloseTo(3, 12)
    expect(second).toBeCloseTo(1, 12)
    expect(singularValues(Float64Array.of(3, 0, 4, 0, 0, 0), 2, 3)[0]).toBeCloseTo(5, 12)
    expect([...singularValues(Float64Array.of(3, 0, 0, 0, 4, 0), 3, 2)].map(Math.round)).toEqual([5, 0])
    expect([...singularValues(new Float64Array(6), 2, 3)]).toEqual([0, 0])
    expect(singularValues(Float64Array.of(-7), 1, 1)[0]).toBeCloseTo(7, 12)
  })

  it('are those of a matrix made of given ones, over eleven orders of magnitude', () => {
    const wanted = [1e6, 250, 250, 3, 1e-2, 1e-5]
    const [left, right] = [hadamard(8), hadamard(16)]
    const values = new Float64Array(8 * 16)
    wanted.forEach((size, k) => {
      for (let i = 0; i < 8; i++)
        for (let j = 0; j < 16; j++) values[i * 16 + j] += size * left[i][k] * right[j][k]
    })
    const found = singularValues(values, 8, 16)
    expect(found).toHaveLength(8)
    for (let k = 0; k < 8; k++) expect(Math.abs(found[k] - (wanted[k] ?? 0))).toBeLessThan(1e-9)
    const standing = new Float64Array(8 * 16)
    for (let i = 0; i < 8; i++) for (let j = 0; j < 16; j++) standing[j * 8 + i] = values[i * 16 + j]
    for (let k = 0; k < 8; k++)
      expect(Math.abs(singularValues(standing, 16, 8)[k] - found[k])).toBeLessThan(1e-9)
  })

  it('keep the sum of squares of any matrix, and are those of its Gram matrix', () => {
    const values = Float64Array.from({ length: 60 * 23 }, (_, i) => Math.sin(i * i + 1))
    const found = singularValues(values, 60, 23)
    const squares = (list: Float64Array) => list.reduce((sum, value) => sum + value ** 2, 0)
    expect(squares(found)).toBeCloseTo(squares(values), 9)
    const gram = new Float64Array(23 * 23)
    for (let i = 0; i < 23; i++)
      for (let j = 0; j < 23; j++)
        for (let k = 0; k < 60; k++) gram[i * 23 + j] += values[k * 23 + i] * values[k * 23 + j]
    singularValues(gram, 23, 23).forEach((value, k) => expect(Math.sqrt(value)).toBeCloseTo(found[k], 6))
  })
})
