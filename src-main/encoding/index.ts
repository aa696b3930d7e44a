import type { EngineEncodingSettings } from '../../src-shared/experiment.ts'
import type { PixelEncodingKind, SampleEncodingKind } from '../../src-shared/encodingTables.ts'
import { constant } from './constant.ts'
import { delta } from './delta.ts'
import { drawSpikes, type SampleStream } from './draw.ts'
import type { Encoder, EncodingParameters, SampleEncoder } from './encoder.ts'
import { firstSpike } from './firstSpike.ts'
import { latency } from './latency.ts'
import { greyLevels } from './levels/greyLevels.ts'
import { periodic } from './periodic.ts'
import { phase } from './phase.ts'
import { poisson } from './poisson.ts'
import { population } from './population.ts'
import { rate, silenceBefore } from './rate.ts'

export type { SampleStream } from './draw.ts'
export type { Encoder, EncodingParameters, SampleEncoder } from './encoder.ts'

/** The table of encoders of single pixels. Their parameter tables stand in `encodingTables`. */
export const encoders: Record<PixelEncodingKind, Encoder> = { constant, rate, poisson }

/** The table of encoders of whole images. */
export const sampleEncoders: Record<SampleEncodingKind, SampleEncoder> = {
  latency,
  firstSpike,
  delta,
  phase,
  population,
  periodic,
}

/** Gain and offset of settings; 1 and 0 where the encoding has none. */
export function encodingParameters({ params }: Pick<EngineEncodingSettings, 'params'>): EncodingParameters {
  const { gain = 1, offset = 0 } = params
  return { gain: Number(gain), offset: Number(offset) }
}

/**
 * The level of each brightness: a current, or a probability from 0 to 1.
 *
 * @param x any number of them; those of all bytes, byte / 255 in float32, where left out
 */
export function levelTable(
  encoder: Encoder,
  parameters: EncodingParameters,
  x: Float32Array = greyLevels,
): Float32Array {
  const levels = x.map((brightness) => encoder.level(brightness, parameters))
  return encoder.spiking ? levels.map((level) => Math.min(1, Math.max(0, level))) : levels
}

/**
 * Encodes one image by an encoder of the table.
 *
 * @param pixels `[N]` bytes
 * @param timeSteps how many steps to make; 1 is enough for an encoder that does not spike
 * @param brightness of every byte, `[256]`
 * @returns `[T,N]`: 0 or 1 where the encoder spikes, else the current, repeated
 */
export function encodePixels(
  encoder: Encoder,
  parameters: EncodingParameters,
  pixels: Uint8Array,
  timeSteps: number,
  stream: SampleStream,
  brightness = greyLevels,
): Float32Array {
  const levels = levelTable(encoder, parameters, brightness)
  const out = new Float32Array(timeSteps * pixels.length)
  if (encoder.spiking) {
    drawSpikes(levels, pixels, timeSteps, stream, out)
    return out
  }
  const currents = Float32Array.from(pixels, (byte) => levels[byte])
  for (let t = 0; t < timeSteps; t++) out.set(currents, t * pixels.length)
  return out
}

/** Whether an encoding sees each pixel by itself. */
export function isOfPixels(
  encoding: EngineEncodingSettings,
): encoding is EngineEncodingSettings & { kind: PixelEncodingKind } {
  return encoding.kind in encoders
}

/**
 * Encodes one image as an engine feeds it to a network: the same numbers on every engine.
 *
 * @param pixels `[N]` bytes
 * @param brightness of every byte, `[256]`
 * @returns `[T,M]`: M is N, or a multiple of it that `inputShape` knows
 * @throws `encoding.` errors where the image cannot be encoded so
 */
export function encodeSample(
  settings: EngineEncodingSettings,
  pixels: Uint8Array,
  timeSteps: number,
  stream: SampleStream,
  brightness = greyLevels,
): Float32Array {
  const { kind, params } = settings
  if (!isOfPixels(settings)) {
    const x = Float32Array.from(pixels, (byte) => brightness[byte])
    return sampleEncoders[kind as SampleEncodingKind].encode(x, timeSteps, params, stream)
  }
  const parameters = encodingParameters(settings)
  const values = encodePixels(encoders[settings.kind], parameters, pixels, timeSteps, stream, brightness)
  const firstSpikeTime = Number(params.firstSpikeTime ?? 0)
  if (firstSpikeTime > 0) silenceBefore(firstSpikeTime, values, timeSteps)
  return values
}
