import { describe, expect, it } from 'vitest'
import { singularValues } from '../../../src-main/analysis/singularValues.ts'
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

describe('singular values', () => {
  it('are those of a matrix with known ones, lying or standing', () => {
    // U·diag(3, 1)·Vᵀ with rotations by 30° and 60°.
    const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)]
    const matrix = Float64Array.of(3 * c * s - s * c, 3 * c * c + s * s, 3 * s * s + c * c, 3 * s * c - c * s)
    const [first, second] = singularValues(matrix, 2, 2)
    expect(first).toBeCloseTo(3, 12)
    expect(second).toBeCloseTo(1, 12)
    expect([...singularValues(Float64Array.of(3, 0, 4, 0, 0, 0), 2, 3)]).toEqual([5, 0])
    expect([...singularValues(Float64Array.of(3, 0, 0, 0, 4, 0), 3, 2)].map(Math.round)).toEqual([5, 0])
  })
})
