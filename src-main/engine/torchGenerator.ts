/**
 * The generator that torch fills new layers from, so that a seed here begins with the very weights that
 * `torch.manual_seed` of the same seed gives the same network in Python. MT19937 of M. Matsumoto and
 * T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998); every other random stream is Philox.
 */

const size = 624
const middle = 397

function twist(high: number, low: number): number {
  const mixed = (high & 0x80000000) | (low & 0x7fffffff)
  return (mixed >>> 1) ^ ((low & 1) === 0 ? 0 : 0x9908b0df)
}

/** 32-bit words of MT19937; `seed` is taken modulo 2³². */
export function mersenneTwister(seed: number): () => number {
  const state = new Uint32Array(size)
  state[0] = seed
  for (let i = 1; i < size; i++) {
    const before = state[i - 1] ^ (state[i - 1] >>> 30)
    state[i] = Math.imul(1812433253, before) + i
  }
  let at = size
  return () => {
    if (at === size) {
      for (let i = 0; i < size; i++) {
        state[i] = state[(i + middle) % size] ^ twist(state[i], state[(i + 1) % size])
      }
      at = 0
    }
    let word = state[at++]
    word ^= word >>> 11
    word ^= (word << 7) & 0x9d2c5680
    word ^= (word << 15) & 0xefc60000
    return (word ^ (word >>> 18)) >>> 0
  }
}

/**
 * One value of torch's `uniform_(-bound, bound)` for float32: 24 random bits, scaled and shifted by one fused
 * multiplication and addition, as torch's builds for x86 and arm do.
 */
export function torchUniform(word: number, bound: number): number {
  const low = Math.fround(-bound)
  const width = Math.fround(Math.fround(bound) - low)
  return Math.fround(((word & 0xffffff) / 0x1000000) * width + low)
}
