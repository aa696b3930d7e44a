import type { SampleCoding } from '../../src-shared/sampleRoute.ts'
import { drawSpikes, type SampleStream } from './draw.ts'
import type { ImageSample } from './images/image.ts'
import { readsImages } from './input.ts'
import { encodingParameters, encodePixels, encoders } from './index.ts'
import { transformImage } from './transforms/index.ts'

/** What an image became: the numbers that are coded, and what the network gets. */
export interface EncodedImage {
  image: ImageSample
  /** Whether `values` are spikes, 0 or 1, anew at every step. */
  spiking: boolean
  /** `[T,N]`: spikes, or the current, repeated. */
  values: Float32Array
}

/**
 * Transforms an image and encodes it, the same numbers as an engine makes of bound images where they are bytes.
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
  if (!readsImages(encoding)) throw new Error(`the encoding ${encoding.kind} reads no images`)
  const encoder = encoders[encoding.kind]
  const parameters = encodingParameters(encoding)
  const { pixels } = image
  if (pixels instanceof Uint8Array) {
    const values = encodePixels(encoder, parameters, pixels, timeSteps, stream)
    return { image, spiking: encoder.spiking, values }
  }
  const levels = pixels.map((x) => encoder.level(x, parameters))
  const values = new Float32Array(timeSteps * levels.length)
  if (encoder.spiking) {
    const places = Uint32Array.from(levels, (_, i) => i)
    const probabilities = levels.map((level) => Math.min(1, Math.max(0, level)))
    drawSpikes(probabilities, places, timeSteps, stream, values)
  } else {
    for (let t = 0; t < timeSteps; t++) values.set(levels, t * levels.length)
  }
  return { image, spiking: encoder.spiking, values }
}
