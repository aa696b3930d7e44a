/**
 * Spikes `[T,N]`, a bit each. That of input `i` at step `t` is bit `i & 31` of word `t·⌈N/32⌉ + (i >> 5)`; bits beyond N
 * are 0.
 */
export interface SpikeBits {
  steps: number
  inputs: number
  words: Uint32Array
}

/** Words of a step of so many inputs. */
export function wordsOf(inputs: number): number {
  return (inputs + 31) >>> 5
}

export function noSpikes(steps: number, inputs: number): SpikeBits {
  return { steps, inputs, words: new Uint32Array(steps * wordsOf(inputs)) }
}

/**
 * The bits of numbers `[T,N]`: a spike where one is not zero. Numbers beyond T·N are ignored; missing ones count as
 * silence.
 */
export function packSpikes(values: ArrayLike<number>, steps: number, inputs: number): SpikeBits {
  const bits = noSpikes(steps, inputs)
  const width = wordsOf(inputs)
  for (let step = 0; step < steps; step++) packStep(values, step * inputs, inputs, bits.words, step * width)
  return bits
}

/** Packs the numbers `[N]` from `from` on into the words from `at` on, which must be 0. */
export function packStep(
  values: ArrayLike<number>,
  from: number,
  inputs: number,
  words: Uint32Array,
  at: number,
): void {
  const end = Math.min(inputs, values.length - from)
  for (let i = 0; i < end; i++) if (values[from + i] !== 0) words[at + (i >>> 5)] |= 1 << (i & 31)
}

/** Whether an input fires at a step, 0 or 1. */
export function spikeAt({ inputs, words }: SpikeBits, step: number, input: number): 0 | 1 {
  return ((words[step * wordsOf(inputs) + (input >>> 5)] >>> (input & 31)) & 1) as 0 | 1
}

/** How many bits of a word are 1. */
export function bitCount(word: number): number {
  let count = word - ((word >>> 1) & 0x55555555)
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333)
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** Place of the lowest bit that is 1 in a word that is not 0. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word)
}

/**
 * The inputs that fire at a step, ascending.
 *
 * @param into receives them; as long as there are inputs
 * @returns how many fire
 */
export function firingAt({ inputs, words }: SpikeBits, step: number, into: Uint32Array): number {
  const width = wordsOf(inputs)
  let count = 0
  for (let i = 0; i < width; i++) {
    for (let word = words[step * width + i]; word !== 0; word &= word - 1) {
      into[count++] = i * 32 + lowestBit(word)
    }
  }
  return count
}

/** The bits of word `index` of a step that belong to inputs in `[low, high)`. */
function maskOf(index: number, low: number, high: number): number {
  const first = low - index * 32
  const last = high - index * 32
  const below = first > 0 ? -1 << first : -1
  return last < 32 ? below & ~(-1 << last) : below
}

/** Spikes of a step among the inputs in `[low, high)`, which must be within `[0, N]`. */
export function spikesBetween({ inputs, words }: SpikeBits, step: number, low: number, high: number): number {
  if (low >= high) return 0
  const row = step * wordsOf(inputs)
  const [first, last] = [low >>> 5, (high - 1) >>> 5]
  if (first === last) return bitCount(words[row + first] & maskOf(first, low, high))
  let count =
    bitCount(words[row + first] & maskOf(first, low, high)) +
    bitCount(words[row + last] & maskOf(last, low, high))
  for (let i = first + 1; i < last; i++) count += bitCount(words[row + i])
  return count
}
