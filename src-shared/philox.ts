/**
 * Philox4x32-10, the counter-based generator behind every random number but the first weights: the same key and
 * counter give the same four words on every engine and for every thread count.
 * Source: J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 */

const M0 = 0xd2511f53
const M1 = 0xcd9e8d57
const W0 = 0x9e3779b9
const W1 = 0xbb67ae85

/** What a stream of random numbers is for; part of the key, so that streams never meet. */
export const purposes = {
  shuffle: 2,
  encodeTrain: 3,
  encodeTest: 4,
  encodeTieTrain: 5,
  encodeTieTest: 6,
  dropout: 7,
  split: 8,
  camera: 30,
  augmentTrain: 16,
  augmentTest: 17,
  targetTrain: 18,
  targetTest: 19,
  surrogate: 9,
} as const

export type Purpose = keyof typeof purposes

/** The upper word of a product. No sum leaves 32 bits, so that all stays integer arithmetic. */
function multiplyHigh(a: number, b: number): number {
  const aHigh = a >>> 16
  const aLow = a & 0xffff
  const bHigh = b >>> 16
  const bLow = b & 0xffff
  const middle1 = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0
  const middle2 = (Math.imul(aLow, bHigh) + (middle1 & 0xffff)) | 0
  return (Math.imul(aHigh, bHigh) + (middle1 >>> 16) + (middle2 >>> 16)) | 0
}

/** The four 32-bit words of one counter, written to `out` from `at`. All arguments are unsigned 32-bit. */
export function philox(
  key0: number,
  key1: number,
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  out: Uint32Array,
  at = 0,
): void {
  let k0 = key0 | 0
  let k1 = key1 | 0
  let x0 = c0 | 0
  let x1 = c1 | 0
  let x2 = c2 | 0
  let x3 = c3 | 0
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(M0, x0)
    const low0 = Math.imul(M0, x0)
    const high1 = multiplyHigh(M1, x2)
    const low1 = Math.imul(M1, x2)
    x0 = high1 ^ x1 ^ k0
    x1 = low1
    x2 = high0 ^ x3 ^ k1
    x3 = low0
    k0 = (k0 + W0) | 0
    k1 = (k1 + W1) | 0
  }
  out[at] = x0
  out[at + 1] = x1
  out[at + 2] = x2
  out[at + 3] = x3
}

/** 0..count-1; in a loop, since a callback for each of 60,000 takes longer than the shuffle itself. */
export function inOrder(count: number, order: Uint32Array = new Uint32Array(count)): Uint32Array {
  for (let i = 0; i < count; i++) order[i] = i
  return order
}

/** A seeded permutation of 0..count-1 (Fisher-Yates), e.g. the order of an epoch; `into` is of that length. */
export function permutation(
  count: number,
  seed: number,
  purpose: Purpose,
  stream: number,
  into?: Uint32Array,
): Uint32Array {
  const order = inOrder(count, into)
  const words = new Uint32Array(4)
  for (let i = count - 1, n = 0; i > 0; i--, n++) {
    if ((n & 3) === 0) philox(seed, purposes[purpose], n >>> 2, stream, 0, 0, words)
    const j = Math.floor((words[n & 3] / 0x100000000) * (i + 1))
    const kept = order[i]
    order[i] = order[j]
    order[j] = kept
  }
  return order
}
