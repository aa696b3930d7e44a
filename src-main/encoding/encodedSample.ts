import type { EventCounts } from '../../src-shared/contract.ts'
import { encodedNumbers, encodedValues, type EncodedValues } from '../../src-shared/encodedValues.ts'
import { inputShape, type SampleCoding } from '../../src-shared/sampleRoute.ts'
import { noSpikes, wordsOf } from '../../src-shared/spikeBits.ts'
import type { EventRecording } from '../datasets/dataset.ts'
import type { SampleStream } from './draw.ts'
import { encodeRecording } from './eventSample.ts'
import { encodeImage, encodeImageSpikes } from './imageSample.ts'
import type { ImageSample } from './images/image.ts'
import { inputOf, isOfEngine, isStill } from './input.ts'
import { SparseFrames } from './sparseFrames.ts'

/** What the network gets of a sample, in as few bytes as hold it. */
export interface EncodedSample {
  /** Whether the encoding makes nothing but spikes. */
  spiking: boolean
  values: EncodedValues
}

/** Transforms and encodes an image; throws `encoding.` errors where it cannot be encoded so. */
export function encodedImage(
  coding: SampleCoding,
  sample: ImageSample,
  timeSteps: number,
  stream: SampleStream,
): EncodedSample & { image: ImageSample } {
  const found = encodeImageSpikes(coding, sample, timeSteps, stream)
  if (found) return { image: found.image, spiking: true, values: encodedValues(found.spikes, null) }
  const { encoding } = coding
  const rows = isOfEngine(encoding) && isStill(encoding) ? 1 : timeSteps
  const { image, spiking, values } = encodeImage(coding, sample, rows, stream)
  return { image, spiking, values: encodedNumbers(values, rows, timeSteps) }
}

/** Frames on their way; their room is kept, because making it anew costs more than filling it. */
let room = new SparseFrames(false)
/** Entries beyond which it is not kept. */
const mostKept = 1 << 20

function valuesOf({ starts, places, values, steps, length }: SparseFrames, inputs: number): EncodedValues {
  const marks = noSpikes(steps, inputs)
  const width = wordsOf(inputs)
  for (let step = 0; step < steps; step++) {
    for (let entry = starts[step]; entry < starts[step + 1]; entry++) {
      marks.words[step * width + (places[entry] >>> 5)] |= 1 << (places[entry] & 31)
    }
  }
  return encodedValues(marks, values && values.slice(0, length))
}

/**
 * Transforms and encodes a recording.
 *
 * @param shape of the recording, `[P,H,W]`
 */
export function encodedRecording(
  coding: SampleCoding,
  recording: EventRecording,
  shape: readonly number[],
  timeSteps: number,
  stream: SampleStream,
): EncodedSample & { events: EventCounts } {
  const input = inputOf(coding)
  const inputs = inputShape(coding, shape).reduce((product, length) => product * length, 1)
  room.clear()
  const events = encodeRecording(coding, recording, shape, timeSteps, stream, room)
  const values = valuesOf(room, inputs)
  if (room.places.length > mostKept) room = new SparseFrames(false)
  return { spiking: input.kind === 'given' && input.spikes, values, events }
}
