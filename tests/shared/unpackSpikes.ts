import { wordsOf, type SpikeBits } from '../../src-shared/spikeBits.ts'

/** The same spikes as numbers 0 and 1, `[T,N]`. */
export function unpackSpikes({ steps, inputs, words }: SpikeBits): Float32Array {
  const values = new Float32Array(steps * inputs)
  const width = wordsOf(inputs)
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < inputs; i++) {
      values[step * inputs + i] = (words[step * width + (i >>> 5)] >>> (i & 31)) & 1
    }
  }
  return values
}
