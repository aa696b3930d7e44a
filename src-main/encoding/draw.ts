import { inOrder, philox, purposes } from '../../src-shared/philox.ts'
import { noSpikes, packStep, wordsOf, type SpikeBits } from '../../src-shared/spikeBits.ts'
import { LaneWords } from './laneWords.ts'
import { spikeThreshold, type SpikeThreshold } from './threshold.ts'

/** Which random numbers a sample gets. A test sample gets the same in every epoch. */
export interface SampleStream {
  /** Unsigned 32 bits, as are the sample's place in its dataset and the epoch. */
  seed: number
  phase: 'train' | 'test'
  sample: number
  epoch: number
}

/** Elements that 16 lanes serve: 4 words of 2 halves a step. */
const groupSize = 128

/**
 * Draws the spikes of a sample step by step: element `i` fires with the probability that its threshold stands for.
 *
 * The 16-bit draw of element `i` is half `i & 1` of word `(i >> 5) & 3` of lane `(i >> 7)·16 + ((i >> 1) & 15)` of
 * `LaneWords`; this order lets a vector unit make 32 neighbours from one word index. Only a draw equal to the upper
 * half of the threshold needs a second one, from the counter `(lane, t, sample, epoch)` of another stream, so spikes
 * have 32-bit probabilities at the price of 16 bits.
 */
class SpikeDraws {
  readonly #stream: SampleStream
  readonly #tiePurpose: number
  readonly #epoch: number
  readonly #words: LaneWords

  constructor(stream: SampleStream, count: number) {
    const test = stream.phase === 'test'
    this.#stream = stream
    this.#epoch = test ? 0 : stream.epoch
    this.#tiePurpose = test ? purposes.encodeTieTest : purposes.encodeTieTrain
    const purpose = test ? purposes.encodeTest : purposes.encodeTrain
    const lanes = Math.ceil(count / groupSize) * 16
    this.#words = new LaneWords(lanes, [stream.seed, purpose], [stream.sample, this.#epoch])
  }

  /** @param out `[N]`, receives 0 or 1 */
  step(
    t: number,
    thresholds: readonly SpikeThreshold[],
    pixels: Uint8Array | Uint32Array,
    out: Float32Array,
  ): void {
    const words = this.#words.at(t)
    for (let i = 0; i < pixels.length; i++) {
      const { high, low } = thresholds[pixels[i]]
      const lane = (i >> 7) * 16 + ((i >> 1) & 15)
      const word = (i >> 5) & 3
      const shift = 16 * (i & 1)
      const draw = (words[lane * 4 + word] >>> shift) & 0xffff
      out[i] = draw < high || (draw === high && this.#tie(lane, word, shift, t) < low) ? 1 : 0
    }
  }

  #tie(lane: number, word: number, shift: number, t: number): number {
    const words = new Uint32Array(4)
    const { seed, sample } = this.#stream
    philox(seed, this.#tiePurpose, lane, t, sample, this.#epoch, words)
    return (words[word] >>> shift) & 0xffff
  }
}

/**
 * Draws the spikes of one sample: element `i` at step `t` fires with probability `levels[pixels[i]]`.
 *
 * @param levels probability for each byte, `[256]`; or of any other numbering of levels
 * @param pixels `[N]`, the level of each element
 * @param out `[T,N]`, receives 0 or 1
 */
export function drawSpikes(
  levels: Float32Array,
  pixels: Uint8Array | Uint32Array,
  timeSteps: number,
  stream: SampleStream,
  out: Float32Array,
): void {
  const thresholds = Array.from(levels, spikeThreshold)
  const count = pixels.length
  const draws = new SpikeDraws(stream, count)
  for (let t = 0; t < timeSteps; t++)
    draws.step(t, thresholds, pixels, out.subarray(t * count, (t + 1) * count))
}

/** The same as bits, without the steps before `firstStep`. */
export function drawBits(
  levels: Float32Array,
  pixels: Uint8Array | Uint32Array,
  timeSteps: number,
  stream: SampleStream,
  firstStep = 0,
): SpikeBits {
  const thresholds = Array.from(levels, spikeThreshold)
  const spikes = noSpikes(timeSteps, pixels.length)
  const width = wordsOf(pixels.length)
  const row = new Float32Array(pixels.length)
  const draws = new SpikeDraws(stream, pixels.length)
  for (let t = firstStep; t < timeSteps; t++) {
    draws.step(t, thresholds, pixels, row)
    packStep(row, 0, row.length, spikes.words, t * width)
  }
  return spikes
}

/**
 * Draws spikes of probabilities that differ from step to step.
 *
 * @param levels `[T,N]`, 0 to 1
 * @param count N
 * @returns `[T,N]`
 */
export function drawSequence(levels: Float32Array, count: number, stream: SampleStream): Float32Array {
  const out = new Float32Array(levels.length)
  const places = inOrder(count)
  const draws = new SpikeDraws(stream, count)
  for (let t = 0; t * count < levels.length; t++) {
    const [from, to] = [t * count, (t + 1) * count]
    const thresholds = Array.from(levels.subarray(from, to), spikeThreshold)
    draws.step(t, thresholds, places, out.subarray(from, to))
  }
  return out
}
