import { describe, expect, it } from 'vitest'
import { singularValues } from '../../../src-main/analysis/singularValues.ts'
import numpy from './vectors/singularValues.json' with { type: 'json' }

const of = (values: Float64Array, rows: number, columns: number) =>
  singularValues(values, rows, columns, async () => undefined)

/**
 * Numbers from -0.5 to 0.5 of the generator x -> (1103515245 x + 12345) mod 2^31, from 1 on. The singular values of the
 * fixture are numpy's, `numpy.linalg.svd(a, compute_uv=False)`, of the same numbers by the rows.
 */
function drawn(count: number): Float64Array {
  let x = 1
  return Float64Array.from({ length: count }, () => {
    x = (Math.imul(1103515245, x) + 12345) & 0x7fffffff
    return x / 0x80000000 - 0.5
  })
}

/** Columns at right angles and of length 1 (Sylvester). */
function hadamard(size: number): number[][] {
  const bits = (value: number): number => value.toString(2).replaceAll('0', '').length
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_value, j) => (bits(i & j) % 2 === 0 ? 1 : -1) / Math.sqrt(size)),
  )
}

describe('singular values', () => {
  it('are those of a matrix with known ones, lying or standing', async () => {
    // U·diag(3, 1)·Vᵀ with rotations by 30° and 60°.
    const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)]
    const matrix = Float64Array.of(3 * c * s - s * c, 3 * c * c + s * s, 3 * s * s + c * c, 3 * s * c - c * s)
    const [first, second] = await of(matrix, 2, 2)
    expect(first).toBeCloseTo(3, 12)
    expect(second).toBeCloseTo(1, 12)
    expect((await of(Float64Array.of(3, 0, 4, 0, 0, 0), 2, 3))[0]).toBeCloseTo(5, 12)
    expect([...(await of(Float64Array.of(3, 0, 0, 0, 4, 0), 3, 2))].map(Math.round)).toEqual([5, 0])
    expect([...(await of(new Float64Array(6), 2, 3))]).toEqual([0, 0])
    expect((await of(Float64Array.of(-7), 1, 1))[0]).toBeCloseTo(7, 12)
  })

  it('are those of a matrix made of given ones, over eleven orders of magnitude', async () => {
    const wanted = [1e6, 250, 250, 3, 1e-2, 1e-5]
    const [left, right] = [hadamard(8), hadamard(16)]
    const values = new Float64Array(8 * 16)
    wanted.forEach((size, k) => {
      for (let i = 0; i < 8; i++)
        for (let j = 0; j < 16; j++) values[i * 16 + j] += size * left[i][k] * right[j][k]
    })
    const found = await of(values, 8, 16)
    expect(found).toHaveLength(8)
    for (let k = 0; k < 8; k++) expect(Math.abs(found[k] - (wanted[k] ?? 0))).toBeLessThan(1e-9)
    const standing = new Float64Array(8 * 16)
    for (let i = 0; i < 8; i++) for (let j = 0; j < 16; j++) standing[j * 8 + i] = values[i * 16 + j]
    const stood = await of(standing, 16, 8)
    for (let k = 0; k < 8; k++) expect(Math.abs(stood[k] - found[k])).toBeLessThan(1e-9)
  })

  it('keep the sum of squares of any matrix, and are those of its Gram matrix', async () => {
    const values = Float64Array.from({ length: 60 * 23 }, (_, i) => Math.sin(i * i + 1))
    const found = await of(values, 60, 23)
    const squares = (list: Float64Array) => list.reduce((sum, value) => sum + value ** 2, 0)
    expect(squares(found)).toBeCloseTo(squares(values), 9)
    const gram = new Float64Array(23 * 23)
    for (let i = 0; i < 23; i++)
      for (let j = 0; j < 23; j++)
        for (let k = 0; k < 60; k++) gram[i * 23 + j] += values[k * 23 + i] * values[k * 23 + j]
    const squared = await of(gram, 23, 23)
    squared.forEach((value, k) => expect(Math.sqrt(value)).toBeCloseTo(found[k], 6))
  })

  it.each(Object.entries(numpy))("are numpy's: %s", async (size, wanted) => {
    const [rows, columns] = size.split('x').map(Number)
    const found = await of(drawn(rows * columns), rows, columns)
    expect(found).toHaveLength(wanted.length)
    found.forEach((value, k) => expect(Math.abs(value - wanted[k])).toBeLessThan(1e-12 * wanted[0]))
  })

  it('are told in the meantime that others want their turn, and end where that throws', async () => {
    let turns = 0
    await singularValues(drawn(4000), 80, 50, async () => void turns++)
    expect(turns).toBeGreaterThan(100)
    const end = singularValues(drawn(4000), 80, 50, async () => {
      throw new Error('enough')
    })
    await expect(end).rejects.toThrow('enough')
  })
})
