import type { EngineEncodingKind, SampleEncodingKind } from '../../src-shared/encodingTables.ts'
import type { FieldValues } from '../../src-shared/fields.ts'
import type { SampleStream } from './draw.ts'

/** The numbers of an encoding, as an encode op carries them. */
export interface EncodingParameters {
  gain: number
  offset: number
}

/** How an image becomes input where the engine makes it. Brightness x is in [0,1]. */
export interface Encoder {
  kind: EngineEncodingKind
  /** Whether the input is spikes drawn anew at every step; else it is a current that stays the same. */
  spiking: boolean
  /** The current, or the probability of a spike at a step, in float32 arithmetic. */
  level(x: number, parameters: EncodingParameters): number
}

/** How an image becomes input outside the engine. */
export interface SampleEncoder {
  kind: SampleEncodingKind
  /** Whether every value is 0 or 1. */
  binary(params: FieldValues): boolean
  /**
   * Encodes the brightness `x`, `[N]`, in float32 arithmetic; gives `[T,M]`, where M is N, or a multiple of it that
   * `inputShape` knows. Throws `encoding.` errors where the values cannot be encoded so.
   */
  encode(x: Float32Array, timeSteps: number, params: FieldValues, stream: SampleStream): Float32Array
}
