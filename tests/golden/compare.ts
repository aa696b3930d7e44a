import { expect } from 'vitest'
import type { GoldenArray } from './vectors.ts'

interface Difference {
  index: number
  found: number
  wanted: number
}

function largestDifference(
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
): Difference & { size: number } {
  let worst = { index: 0, found: found[0], wanted: wanted[0], size: 0 }
  for (let i = 0; i < wanted.length; i++) {
    const size = Math.abs(found[i] - wanted[i])
    if (!(size <= worst.size)) worst = { index: i, found: found[i], wanted: wanted[i], size }
    if (Number.isNaN(size)) return worst
  }
  return worst
}

/** Every number within `tolerance` of the wanted one. */
export function expectWithin(
  what: string,
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
  tolerance: number,
): void {
  expect(found.length, `${what}: how many numbers`).toBe(wanted.length)
  if (wanted.length === 0) return
  const { size, index, ...pair } = largestDifference(found, wanted)
  const words = `${what}: element ${index} is ${pair.found}, wanted is ${pair.wanted}, within ${tolerance}`
  expect(size <= tolerance, words).toBe(true)
}

/** Every number within `tolerance` times the largest wanted magnitude. */
export function expectRelative(
  what: string,
  found: ArrayLike<number>,
  wanted: ArrayLike<number>,
  tolerance: number,
): void {
  let largest = 0
  for (let i = 0; i < wanted.length; i++) largest = Math.max(largest, Math.abs(wanted[i]))
  expectWithin(what, found, wanted, Math.max(tolerance * largest, 1e-7))
}

/** Every spike as wanted; names the first that is not. */
export function expectSpikes(what: string, found: ArrayLike<number>, wanted: GoldenArray): void {
  expectWithin(`${what} (spikes)`, found, wanted.data, 0)
}
