import type { ImageEncodingKind } from '../../src-shared/encodingTables.ts'

/** The numbers of an encoding, as an encode op carries them. */
export interface EncodingParameters {
  gain: number
  offset: number
}

/** How an image becomes input. Brightness x is in [0,1]. */
export interface Encoder {
  kind: ImageEncodingKind
  /** Whether the input is spikes drawn anew at every step; else it is a current that stays the same. */
  spiking: boolean
  /** The current, or the probability of a spike at a step, in float32 arithmetic. */
  level(x: number, parameters: EncodingParameters): number
}
