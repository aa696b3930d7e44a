import { describe, expect, it } from 'vitest'
import { settingDifferences } from '../../../src-main/analysis/settingDifference.ts'
import { heatMap, isSliceOf, matrixView, windowValues } from '../../../src-main/analysis/matrixView.ts'
import { forEachPiece, sourceOf } from '../../../src-main/analysis/numberSource.ts'
import { histogram, rowFacts, tensorStatistics } from '../../../src-main/analysis/tensorStatistics.ts'
import { changeHistogram, changeOf } from '../../../src-main/analysis/tensorChange.ts'

describe('the statistics of a tensor', () => {
  it('count what is not finite and leave it out of the rest', () => {
    const values = sourceOf([0, 2, Number.NaN, -2, Infinity, 0])
    expect(tensorStatistics(values)).toEqual({
      ...{ count: 6, nan: 1, infinite: 1, zeros: 2, distinct: 3, min: -2, max: 2, mean: 0 },
      ...{ deviation: Math.SQRT2, norm: Math.sqrt(8) },
    })
    expect([...histogram(values, -2, 2, 4)]).toEqual([1, 0, 2, 1])
    expect(tensorStatistics(sourceOf([Number.NaN]))).toMatchObject({ nan: 1, min: 0, max: 0, distinct: 0 })
  })

  it('are the same over many pieces as over one', () => {
    const values = Float64Array.from({ length: 100_000 }, (_, i) => Math.sin(i) * 3)
    const sum = values.reduce((total, value) => total + value, 0)
    const found = tensorStatistics(sourceOf(values))
    expect(found.mean).toBeCloseTo(sum / values.length, 12)
    expect(found.distinct).toBeNull()
    expect(tensorStatistics(sourceOf(values.map(Math.round))).distinct).toBe(7)
    let next = 0
    forEachPiece(sourceOf(values), (piece, from) => {
      expect(from).toBe(next)
      next += piece.length
    })
    expect(next).toBe(values.length)
  })

  it('find rows of zeros and tiny rows', () => {
    const values = sourceOf([0, 0, 1, 3, 0, 0, 1e-3, 0])
    expect(rowFacts(values, 4, 2, 1)).toEqual({
      ...{ rows: 4, zero: { count: 2, rows: [0] }, tiny: { count: 1, rows: [3] } },
    })
  })
})

describe('a tensor as a matrix', () => {
  const shape = [2, 3, 4]
  const values = sourceOf(Array.from({ length: 24 }, (_, i) => i))
  const all = { row: 0, column: 0, rows: 100, columns: 100 }
  const picked = (slice: { rows: number[]; columns: number[]; at: number[] }) => {
    const found = windowValues(values, matrixView(shape, slice), all)
    return { size: [found.rows, found.columns], values: [...found.values] }
  }

  it('takes any axes for rows and columns', () => {
    expect(picked({ rows: [1], columns: [2], at: [1, 0, 0] })).toEqual({
      ...{ size: [3, 4], values: [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23] },
    })
    expect(picked({ rows: [2], columns: [0], at: [0, 1, 0] })).toEqual({
      ...{ size: [4, 2], values: [4, 16, 5, 17, 6, 18, 7, 19] },
    })
    const flat = picked({ rows: [0], columns: [1, 2], at: [0, 0, 0] })
    expect(flat).toEqual({ size: [2, 12], values: Array.from({ length: 24 }, (_, i) => i) })
    const apart = picked({ rows: [], columns: [0, 2], at: [0, 2, 0] })
    expect(apart).toEqual({ size: [1, 8], values: [8, 9, 10, 11, 20, 21, 22, 23] })
    expect(picked({ rows: [], columns: [], at: [1, 2, 3] })).toEqual({ size: [1, 1], values: [23] })
  })

  it('gives the part that lies inside', () => {
    const matrix = matrixView(shape, { rows: [0], columns: [1, 2], at: [0, 0, 0] })
    const found = windowValues(values, matrix, { row: 1, column: 10, rows: 5, columns: 5 })
    expect(found).toMatchObject({ row: 1, column: 10, rows: 1, columns: 2 })
    expect([...found.values]).toEqual([22, 23])
    expect(windowValues(values, matrix, { row: 9, column: 99, rows: 5, columns: 5 }).values).toHaveLength(0)
  })

  it('is no slice with an axis twice, an unknown one or an index outside', () => {
    expect(isSliceOf(shape, { rows: [0], columns: [1], at: [0, 0, 3] })).toBe(true)
    expect(isSliceOf(shape, { rows: [0], columns: [0], at: [0, 0, 0] })).toBe(false)
    expect(isSliceOf(shape, { rows: [3], columns: [], at: [0, 0, 0] })).toBe(false)
    expect(isSliceOf(shape, { rows: [0], columns: [1], at: [0, 0, 4] })).toBe(false)
    expect(isSliceOf(shape, { rows: [0], columns: [1], at: [0, 0] })).toBe(false)
  })

  it('is drawn as means of blocks, of a part of it', () => {
    const numbers = sourceOf([0, 0, 1, 3, 0, 0, 5, 7])
    const matrix = matrixView([4, 2], { rows: [0], columns: [1], at: [0, 0] })
    const whole = heatMap(numbers, matrix, { row: 0, column: 0, rows: 4, columns: 2 }, 2)
    expect(whole).toMatchObject({ rows: 4, columns: 2, tall: 2, wide: 2 })
    expect([...whole.values]).toEqual([0.5, 1.5, 2.5, 3.5])
    const part = heatMap(numbers, matrix, { row: 3, column: 1, rows: 9, columns: 9 }, 2)
    expect([...part.values]).toEqual([7])
  })
})

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
