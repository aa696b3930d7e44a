import { describe, expect, it } from 'vitest'
import { decimateMinMax, movingMean, smoothingWidth } from '../../../src-renderer/charts/decimate.ts'

describe('decimateMinMax', () => {
  it('passes a short series through, position and value', () => {
    expect([...decimateMinMax(new Float32Array([3, 1, 2]), 0, 3, 10)]).toEqual([0, 3, 1, 1, 2, 2])
  })

  it('keeps the one peak and the one dip of a hundred thousand values', () => {
    const values = new Float32Array(100_000).fill(1)
    values[31_337] = 9
    values[77_777] = -4
    const points = decimateMinMax(values, 0, values.length, 400)
    const pairs = new Map<number, number>()
    for (let i = 0; i < points.length; i += 2) pairs.set(points[i], points[i + 1])
    expect(points.length / 2).toBeLessThanOrEqual(800)
    expect(pairs.get(31_337)).toBe(9)
    expect(pairs.get(77_777)).toBe(-4)
  })

  it('puts the points of a stretch in the order in which they stand', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i / 7))
    const points = decimateMinMax(values, 0, 1000, 50)
    for (let i = 2; i < points.length; i += 2) expect(points[i]).toBeGreaterThan(points[i - 2])
  })

  it('reads only the window', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => i)
    const points = decimateMinMax(values, 100, 300, 20)
    expect(points[0]).toBe(100)
    expect(points.at(-2)).toBe(299)
  })

  it('passes over values that are not finite', () => {
    expect([...decimateMinMax(new Float32Array([1, Number.NaN, 3]), 0, 3, 10)]).toEqual([0, 1, 2, 3])
  })
})

describe('movingMean', () => {
  it('is the mean around a position, at the ends of what there is', () => {
    expect([...movingMean(new Float32Array([3, 6, 9, 30]), 3)]).toEqual([4.5, 6, 15, 19.5])
  })

  it('does not lag behind a slope', () => {
    const slope = Float32Array.from({ length: 100 }, (_, i) => i)
    expect(movingMean(slope, 11)[50]).toBe(50)
  })

  it('leaves out what is not finite', () => {
    expect([...movingMean(new Float32Array([2, Number.NaN, 6]), 3)]).toEqual([2, 4, 6])
  })
})

describe('smoothingWidth', () => {
  it('is odd, grows with the run and stays below fifty-one', () => {
    expect([10, 300, 1200, 100_000].map(smoothingWidth)).toEqual([5, 27, 51, 51])
  })
})
