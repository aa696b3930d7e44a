import { philox, purposes } from '../../src-shared/philox.ts'
import type { SampleStream } from './draw.ts'

/**
 * The random numbers of one transform of one sample. They depend on nothing but the seed, the transform's place in
 * the list, the sample and the epoch: Philox with the key (seed, purpose) and the counter
 * (draw, place, sample, epoch). A test sample gets the same in every epoch.
 */
export class TransformStream {
  readonly #stream: SampleStream
  readonly #place: number
  readonly #words = new Uint32Array(4)
  #drawn = 0
  #spare: number | null = null

  constructor(stream: SampleStream, place: number) {
    this.#stream = stream
    this.#place = place
  }

  /** In [0,1), in steps of 2⁻³². */
  uniform(): number {
    const word = this.#drawn & 3
    if (word === 0) {
      const { seed, phase, sample, epoch } = this.#stream
      const test = phase === 'test'
      const purpose = test ? purposes.augmentTest : purposes.augmentTrain
      philox(seed, purpose, this.#drawn >>> 2, this.#place, sample, test ? 0 : epoch, this.#words)
    }
    this.#drawn++
    return this.#words[word] / 0x100000000
  }

  /** A whole number from 0 to `count` - 1. */
  integer(count: number): number {
    return Math.floor(this.uniform() * count)
  }

  /** Of the standard normal distribution (Box and Muller). */
  normal(): number {
    const spare = this.#spare
    this.#spare = null
    if (spare !== null) return spare
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    const angle = 2 * Math.PI * this.uniform()
    this.#spare = radius * Math.sin(angle)
    return radius * Math.cos(angle)
  }
}
