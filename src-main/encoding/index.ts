import type { EngineEncodingSettings } from '../../src-shared/experiment.ts'
import type { EngineEncodingKind, SampleEncodingKind } from '../../src-shared/encodingTables.ts'
import { constant } from './constant.ts'
import { delta } from './delta.ts'
import { drawSpikes, type SampleStream } from './draw.ts'
import type { Encoder, EncodingParameters, SampleEncoder } from './encoder.ts'
import { firstSpike } from './firstSpike.ts'
import { latency } from './latency.ts'
import { periodic } from './periodic.ts'
import { phase } from './phase.ts'
import { poisson } from './poisson.ts'
import { population } from './population.ts'
import { rate } from './rate.ts'

export type { SampleStream } from './draw.ts'
export type { Encoder, EncodingParameters, SampleEncoder } from './encoder.ts'

/** The table of encoders of images that engines have. Their parameter tables stand in `encodingTables`. */
export const encoders: Record<EngineEncodingKind, Encoder> = { constant, rate, poisson }

/** The table of encoders of images that no engine has; what they make is streamed. */
export const sampleEncoders: Record<SampleEncodingKind, SampleEncoder> = {
  latency,
  firstSpike,
  delta,
  phase,
  population,
  periodic,
}

/** Gain and offset of settings; 1 and 0 where the encoding has none. */
export function encodingParameters(settings: EngineEncodingSettings): EncodingParameters {
  const { gain = 1, offset = 0 } = settings.params
  return { gain: Number(gain), offset: Number(offset) }
}

/** The level (current or probability) of each of the 256 bytes, x = byte / 255 in float32. */
export function levelTable(encoder: Encoder, parameters: EncodingParameters): Float32Array {
  return Float32Array.from({ length: 256 }, (_, byte) => encoder.level(Math.fround(byte / 255), parameters))
}

/**
 * Encodes one image by an encoder of the table.
 *
 * @param pixels `[N]` bytes
 * @param timeSteps how many steps to make; 1 is enough for an encoder that does not spike
 * @returns `[T,N]`: 0 or 1 where the encoder spikes, else the current, repeated
 */
export function encodePixels(
  encoder: Encoder,
  parameters: EncodingParameters,
  pixels: Uint8Array,
  timeSteps: number,
  stream: SampleStream,
): Float32Array {
  const levels = levelTable(encoder, parameters)
  const out = new Float32Array(timeSteps * pixels.length)
  if (encoder.spiking) {
    drawSpikes(levels, pixels, timeSteps, stream, out)
    return out
  }
  const currents = Float32Array.from(pixels, (byte) => levels[byte])
  for (let t = 0; t < timeSteps; t++) out.set(currents, t * pixels.length)
  return out
}

/**
 * Encodes one image as an engine feeds it to a network: the same numbers on every engine.
 *
 * @param pixels `[N]` bytes
 * @returns `[T,N]`: 0 or 1 for rate and Poisson, else the current, repeated
 */
export function encodeSample(
  settings: EngineEncodingSettings,
  pixels: Uint8Array,
  timeSteps: number,
  stream: SampleStream,
): Float32Array {
  return encodePixels(encoders[settings.kind], encodingParameters(settings), pixels, timeSteps, stream)
}
