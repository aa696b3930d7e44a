import { philox, purposes } from '../../src-shared/philox.ts'

/** Seeded uniform numbers in [0, 1) for tests: word `i % 4` of counter `i / 4`, 24 bits of it. */
export function uniformStream(seed: number): () => number {
  const words = new Uint32Array(4)
  let index = 0
  return () => {
    if ((index & 3) === 0) philox(seed, purposes.split, index >>> 2, 0, 0, 0, words)
    return (words[index++ & 3] >>> 8) / 0x1000000
  }
}
