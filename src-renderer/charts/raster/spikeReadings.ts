import {
  bitCount,
  lowestBit,
  spikeAt,
  spikesBetween,
  wordsOf,
  type SpikeBits,
} from '../../../src-shared/spikeBits.ts'

/** Number of spikes in all. */
export function spikeCount({ words }: SpikeBits): number {
  let count = 0
  for (let i = 0; i < words.length; i++) count += bitCount(words[i])
  return count
}

/** Spikes of each step, `[T]`, counting only neurons in `[low, high)`. */
export function spikesPerStep(bits: SpikeBits, low = 0, high = bits.inputs): Uint32Array {
  const counts = new Uint32Array(bits.steps)
  for (let step = 0; step < bits.steps; step++) counts[step] = spikesBetween(bits, step, low, high)
  return counts
}

/** Steps at which a neuron fires, ascending. */
export function stepsOfNeuron(bits: SpikeBits, neuron: number): number[] {
  const steps: number[] = []
  for (let step = 0; step < bits.steps; step++) if (spikeAt(bits, step, neuron) === 1) steps.push(step)
  return steps
}

/** How many neurons never fire. */
export function silentNeurons({ steps, inputs, words }: SpikeBits): number {
  const width = wordsOf(inputs)
  let firing = 0
  for (let i = 0; i < width; i++) {
    let any = 0
    for (let step = 0; step < steps; step++) any |= words[step * width + i]
    firing += bitCount(any)
  }
  return inputs - firing
}

/** Every spike as step and neuron, in this order. */
export function* eachSpike({ steps, inputs, words }: SpikeBits): Generator<[step: number, neuron: number]> {
  const width = wordsOf(inputs)
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < width; i++) {
      for (let word = words[step * width + i]; word !== 0; word &= word - 1) {
        yield [step, i * 32 + lowestBit(word)]
      }
    }
  }
}
