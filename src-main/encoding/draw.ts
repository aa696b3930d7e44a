import { philox, purposes } from '../../src-shared/philox.ts'
import { spikeThreshold, type SpikeThreshold } from './threshold.ts'

/** Which random numbers a sample gets. A test sample gets the same in every epoch. */
export interface SampleStream {
  /** Unsigned 32 bits, as are the sample's place in its dataset and the epoch. */
  seed: number
  phase: 'train' | 'test'
  sample: number
  epoch: number
}

/** Elements that one counter word group covers: 16 counters of 4 words of 2 halves. */
const groupSize = 128

/**
 * Draws the spikes of one step: element `i` fires with probability `levels[pixels[i]]`.
 *
 * The 16-bit draw of element `i` is half `i & 1` of word `(i >> 5) & 3` of the counter
 * `((i >> 7)·16 + ((i >> 1) & 15), t, sample, epoch)`; this order lets a vector unit make 32 neighbours from
 * one word index. Only a draw equal to the upper half of the threshold needs a second one, so spikes have
 * 32-bit probabilities at the price of 16 bits.
 *
 * @param out `[N]`, receives 0 or 1
 */
function drawStep(
  thresholds: readonly SpikeThreshold[],
  pixels: Uint8Array | Uint32Array,
  t: number,
  stream: SampleStream,
  out: Float32Array,
): void {
  const test = stream.phase === 'test'
  const purpose = test ? purposes.encodeTest : purposes.encodeTrain
  const tiePurpose = test ? purposes.encodeTieTest : purposes.encodeTieTrain
  const epoch = test ? 0 : stream.epoch
  const count = pixels.length
  const words = new Uint32Array(4)
  const tie = new Uint32Array(4)
  for (let group = 0; group * groupSize < count; group++) {
    for (let lane = 0; lane < 16; lane++) {
      const counter = group * 16 + lane
      philox(stream.seed, purpose, counter, t, stream.sample, epoch, words)
      for (let part = 0; part < 8; part++) {
        const word = part >> 1
        const half = part & 1
        const i = group * groupSize + word * 32 + lane * 2 + half
        if (i >= count) continue
        const { high, low } = thresholds[pixels[i]]
        const draw = (words[word] >>> (16 * half)) & 0xffff
        let spike = draw < high
        if (draw === high) {
          philox(stream.seed, tiePurpose, counter, t, stream.sample, epoch, tie)
          spike = ((tie[word] >>> (16 * half)) & 0xffff) < low
        }
        out[i] = spike ? 1 : 0
      }
    }
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
  for (let t = 0; t < timeSteps; t++) {
    drawStep(thresholds, pixels, t, stream, out.subarray(t * count, (t + 1) * count))
  }
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
  const places = Uint32Array.from({ length: count }, (_, i) => i)
  for (let t = 0; t * count < levels.length; t++) {
    const [from, to] = [t * count, (t + 1) * count]
    const thresholds = Array.from(levels.subarray(from, to), spikeThreshold)
    drawStep(thresholds, places, t, stream, out.subarray(from, to))
  }
  return out
}
