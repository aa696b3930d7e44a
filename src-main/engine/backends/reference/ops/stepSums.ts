import type { Memory } from '../memory.ts'

/** A gradient `[T,B,...]` as value `id` takes it: as it is, or summed over the steps where that is static. */
export function stepSums(id: string, gradient: ArrayLike<number>, memory: Memory): Float64Array {
  const sums = new Float64Array(memory.tensor(id).length)
  for (let i = 0; i < gradient.length; i++) sums[i % sums.length] += gradient[i]
  return sums
}
