import type { EngineEncodingSettings } from '../../src-shared/experiment.ts'
import type { SampleCoding } from '../../src-shared/sampleRoute.ts'
import { drawSpikes, type SampleStream } from './draw.ts'
import type { ImageSample } from './images/image.ts'
import { encodingParameters, encodePixels, encoders, sampleEncoders } from './index.ts'
import { isOfEngine, isOfSamples } from './input.ts'
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

/** What an engine makes of an image, and the same of brightness that is no byte any more. */
function engineValues(
  encoding: EngineEncodingSettings,
  pixels: ImageSample['pixels'],
  timeSteps: number,
  stream: SampleStream,
): Float32Array {
  const encoder = encoders[encoding.kind]
  const parameters = encodingParameters(encoding)
  if (pixels instanceof Uint8Array) return encodePixels(encoder, parameters, pixels, timeSteps, stream)
  const levels = pixels.map((x) => encoder.level(x, parameters))
  const values = new Float32Array(timeSteps * levels.length)
  if (encoder.spiking) {
    const places = Uint32Array.from(levels, (_, i) => i)
    const probabilities = levels.map((level) => Math.min(1, Math.max(0, level)))
    drawSpikes(probabilities, places, timeSteps, stream, values)
  } else {
    for (let t = 0; t < timeSteps; t++) values.set(levels, t * levels.length)
  }
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
  if (isOfSamples(encoding)) {
    const encoder = sampleEncoders[encoding.kind]
    const x = pixels instanceof Uint8Array ? new Float32Array(pixels).map((byte) => byte / 255) : pixels
    const values = encoder.encode(x, timeSteps, encoding.params, stream)
    return { image, spiking: encoder.binary(encoding.params), values }
  }
  if (!isOfEngine(encoding)) throw new Error(`the encoding ${encoding.kind} reads no images`)
  const { spiking } = encoders[encoding.kind]
  const values = engineValues(encoding, pixels, timeSteps, stream)
  const firstSpikeTime = Number(encoding.params.firstSpikeTime ?? 0)
  if (firstSpikeTime > 0) silenceBefore(firstSpikeTime, values, timeSteps)
  return { image, spiking, values }
}
