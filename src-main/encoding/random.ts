import { philox, purposes, type Purpose } from '../../src-shared/philox.ts'
import type { SampleStream } from './draw.ts'

/** What transforms draw from. */
const augment = { train: 'augmentTrain', test: 'augmentTest' } as const

/**
 * The random numbers of one transform of one sample. They depend on nothing but the seed, the transform's place in
 * the list, the sample and the epoch: Philox with the key (seed, purpose) and the counter
 * (draw, place, sample, epoch). A test sample gets the same in every epoch.
 */
export class TransformStream {
  readonly #stream: SampleStream
  readonly #place: number
  readonly #purpose: number
  readonly #words = new Uint32Array(4)
  #drawn = 0
  #spare: number | null = null

  /** @param uses what the numbers are for, of training samples and of test samples */
  constructor(
    stream: SampleStream,
    place: number,
    uses: Readonly<Record<SampleStream['phase'], Purpose>> = augment,
  ) {
    this.#stream = stream
    this.#place = place
    this.#purpose = purposes[uses[stream.phase]]
  }

  /** In [0,1), in steps of 2⁻³². */
  uniform(): number {
    const word = this.#drawn & 3
    if (word === 0) {
      const { seed, phase, sample, epoch } = this.#stream
      const drawnIn = phase === 'test' ? 0 : epoch
      philox(seed, this.#purpose, this.#drawn >>> 2, this.#place, sample, drawnIn, this.#words)
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
