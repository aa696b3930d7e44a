import { describe, expect, it } from 'vitest'
import { GrowingSeries } from '../../../src-renderer/stores/growingSeries.ts'

const numbers = (...values: number[]) => new Float32Array(values)

describe('GrowingSeries', () => {
  it('grows at its end', () => {
    const series = new GrowingSeries()
    expect(series.write(0, numbers(1, 2))).toBe(true)
    expect(series.write(2, numbers(3))).toBe(true)
    expect([...series.view()]).toEqual([1, 2, 3])
  })

  it('refuses a gap and keeps what it has', () => {
    const series = new GrowingSeries()
    series.write(0, numbers(1))
    expect(series.write(3, numbers(9))).toBe(false)
    expect([...series.view()]).toEqual([1])
  })

  it('takes an overlap that says the same for what it is', () => {
    const series = new GrowingSeries()
    series.write(0, numbers(1, 2, 3, 4))
    series.write(1, numbers(2, 3))
    expect([...series.view()]).toEqual([1, 2, 3, 4])
    series.write(2, numbers(3, 4, 5))
    expect([...series.view()]).toEqual([1, 2, 3, 4, 5])
  })

  it('drops what a run that went back to its checkpoint does anew', () => {
    const series = new GrowingSeries()
    series.write(0, numbers(1, 2, 3, 4))
    series.write(2, numbers(7))
    expect([...series.view()]).toEqual([1, 2, 7])
  })

  it('leaves views that were handed out as they were', () => {
    const series = new GrowingSeries()
    series.write(0, numbers(1, 2, 3))
    const before = series.view()
    series.write(1, numbers(8, 9))
    series.write(3, new Float32Array(5000).fill(4))
    expect([...before]).toEqual([1, 2, 3])
    expect(series.view().length).toBe(5003)
    expect(series.view()[2]).toBe(9)
  })

  it('keeps a loss that is not a number', () => {
    const series = new GrowingSeries()
    series.write(0, numbers(1, Number.NaN))
    series.write(1, numbers(Number.NaN, 2))
    expect([...series.view()]).toEqual([1, Number.NaN, 2])
  })
})
