import type { PixelEncodingKind, SampleEncodingKind } from '../../src-shared/encodingTables.ts'
import type { FieldValues } from '../../src-shared/fields.ts'
import type { SpikeBits } from '../../src-shared/spikeBits.ts'
import type { SampleStream } from './draw.ts'
import type { LevelTable } from './levels/levelTable.ts'

/** The numbers of an encoding of pixels. */
export interface EncodingParameters {
  gain: number
  offset: number
}

/** How each pixel of an image becomes input by itself. Brightness x is in [0,1]. */
export interface Encoder {
  kind: PixelEncodingKind
  /** Whether the input is spikes drawn anew at every step; else it is a current that stays the same. */
  spiking: boolean
  /** The current, or the probability of a spike at a step, in float32 arithmetic. */
  level(x: number, parameters: EncodingParameters): number
}

/** How a whole image becomes input. */
export interface SampleEncoder {
  kind: SampleEncodingKind
  /** Whether every value is 0 or 1. */
  binary(params: FieldValues): boolean
  /**
   * Encodes the brightness `x`, `[N]`, in float32 arithmetic; gives `[T,M]`, where M is N, or a multiple of it that
   * `inputShape` knows. Throws `encoding.` errors where the values cannot be encoded so.
   */
  encode(x: Float32Array, timeSteps: number, params: FieldValues, stream: SampleStream): Float32Array
  /** The same as bits, where there are so many inputs that numbers would take long. */
  spikes?(x: Float32Array, timeSteps: number, params: FieldValues, stream: SampleStream): SpikeBits
  /**
   * The same of images of bytes, looked up by grey level; a level that cannot be encoded so stays silent.
   *
   * @param x brightness of every byte, `[256]`
   */
  levels(x: Float32Array, timeSteps: number, params: FieldValues): LevelTable
}
