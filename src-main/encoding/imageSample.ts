import type { SampleEncodingKind } from '../../src-shared/encodingTables.ts'
import type { EngineEncodingSettings } from '../../src-shared/experiment.ts'
import type { SampleCoding } from '../../src-shared/sampleRoute.ts'
import { packSpikes, type SpikeBits } from '../../src-shared/spikeBits.ts'
import { requireFirstSpike } from './brightness.ts'
import { drawBits, drawSpikes, type SampleStream } from './draw.ts'
import type { ImageSample } from './images/image.ts'
import {
  encodeSample,
  encoders,
  encodingParameters,
  isOfPixels,
  levelTable,
  sampleEncoders,
} from './index.ts'
import { isOfEngine, makesSpikes } from './input.ts'
import { greyLevels } from './levels/greyLevels.ts'
import { silenceBefore } from './rate.ts'
import { transformImage } from './transforms/index.ts'

/** What an image became: the numbers that are coded, and what the network gets. */
export interface EncodedImage {
  image: ImageSample
  /** Whether `values` are spikes, 0 or 1, anew at every step. */
  spiking: boolean
  /** `[T,N]`: spikes, or the current, repeated. */
  values: Float32Array
}

const placesOf = (levels: Float32Array): Uint32Array => Uint32Array.from(levels, (_, i) => i)

/** Brightness of each pixel, that of a byte from 0 to 1. */
export function brightnessOf(pixels: ImageSample['pixels']): Float32Array {
  return pixels instanceof Uint8Array ? Float32Array.from(pixels, (byte) => greyLevels[byte]) : pixels
}

/** What engines make of an image, made of brightness that is no byte any more. */
function valuesOf(
  encoding: EngineEncodingSettings,
  x: Float32Array,
  timeSteps: number,
  stream: SampleStream,
): Float32Array {
  const { kind, params } = encoding
  if (!isOfPixels(encoding)) {
    return sampleEncoders[kind as SampleEncodingKind].encode(x, timeSteps, params, stream)
  }
  const encoder = encoders[encoding.kind]
  const levels = levelTable(encoder, encodingParameters(encoding), x)
  const values = new Float32Array(timeSteps * levels.length)
  if (encoder.spiking) {
    drawSpikes(levels, placesOf(levels), timeSteps, stream, values)
  } else {
    for (let t = 0; t < timeSteps; t++) values.set(levels, t * levels.length)
  }
  const firstSpikeTime = Number(params.firstSpikeTime ?? 0)
  if (firstSpikeTime > 0) silenceBefore(firstSpikeTime, values, timeSteps)
  return values
}

/**
 * Transforms an image and encodes it, the same numbers as an engine makes of bound images where they are bytes.
 * Throws `encoding.` errors where the image cannot be encoded so.
 *
 * @param timeSteps how many steps to make; 1 is enough for an encoder that does not spike
 */
export function encodeImage(
  { transforms, encoding }: SampleCoding,
  sample: ImageSample,
  timeSteps: number,
  stream: SampleStream,
): EncodedImage {
  const image = transformImage(transforms, sample, stream)
  const { pixels } = image
  if (!isOfEngine(encoding)) throw new Error(`the encoding ${encoding.kind} reads no images`)
  const values =
    pixels instanceof Uint8Array
      ? encodeSample(encoding, pixels, timeSteps, stream)
      : valuesOf(encoding, pixels, timeSteps, stream)
  return { image, spiking: makesSpikes(encoding), values }
}

/**
 * Transforms an image and encodes it to spikes, those of `encodeImage` as bits. Null where the encoding makes anything
 * else of it. Throws what `encodeImage` throws.
 */
export function encodeImageSpikes(
  coding: SampleCoding,
  sample: ImageSample,
  timeSteps: number,
  stream: SampleStream,
): { image: ImageSample; spikes: SpikeBits } | null {
  const { encoding, transforms } = coding
  if (!isOfEngine(encoding) || !makesSpikes(encoding)) return null
  const { kind, params } = encoding
  const image = transformImage(transforms, sample, stream)
  const x = brightnessOf(image.pixels)
  if (isOfPixels(encoding)) {
    const firstSpikeTime = Number(params.firstSpikeTime ?? 0)
    if (firstSpikeTime > 0) requireFirstSpike(firstSpikeTime, timeSteps)
    const levels = levelTable(encoders[encoding.kind], encodingParameters(encoding), x)
    return { image, spikes: drawBits(levels, placesOf(levels), timeSteps, stream, firstSpikeTime) }
  }
  const encoder = sampleEncoders[kind as SampleEncodingKind]
  const spikes =
    encoder.spikes?.(x, timeSteps, params, stream) ??
    packSpikes(encoder.encode(x, timeSteps, params, stream), timeSteps, x.length)
  return { image, spikes }
}
