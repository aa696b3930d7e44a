import { encodeImage } from '../../encoding/imageSample.ts'
import type { EventCounts } from '../../../src-shared/contract.ts'
import type { EngineEncodingSettings } from '../../../src-shared/experiment.ts'
import { encodeRecording } from '../../encoding/eventSample.ts'
import type { SampleStream } from '../../encoding/draw.ts'
import { SparseFrames } from '../../encoding/sparseFrames.ts'
import { inputOf } from '../../encoding/input.ts'
import { requireEncodable } from '../../encoding/requireEncodable.ts'
import { transformImage } from '../../encoding/transforms/index.ts'
import { beforeScale, lastScale, type SampleCoding } from '../../../src-shared/sampleRoute.ts'
import type { FrameBatch, GivenBatch, ImageBatch, Split, ValueBatch } from '../../engine/executor.ts'
import { addEvents } from '../position.ts'
import type { SourcedBatch } from '../source.ts'
import type { SampleReader } from './sampleReader.ts'

/** What decides the batches besides the dataset. */
export interface BatchCoding extends SampleCoding {
  timeSteps: number
  seed: number
}

/** Which samples a batch is made of; `epoch` keys the random streams of training. */
export interface BatchRequest {
  split: Split
  indices: Uint32Array
  epoch: number
}

export interface MadeBatch extends SourcedBatch {
  batch: GivenBatch | ImageBatch
}

/** The large arrays of a batch. */
export function arraysOf(batch: MadeBatch['batch']): (Float32Array | Uint32Array | Uint8Array)[] {
  if (batch.kind === 'images') return [batch.pixels]
  const arrays = batch.kind === 'values' ? [batch.values] : [batch.starts, batch.places, batch.values]
  return arrays.filter((array) => array !== null)
}

function streamOf({ seed }: BatchCoding, { split, epoch }: BatchRequest, sample: number): SampleStream {
  return { seed, phase: split, sample, epoch }
}

type Recordings = Extract<SampleReader, { kind: 'events' }>
type Images = Extract<SampleReader, { kind: 'images' }>

function labelsOf(reader: SampleReader, { split, indices }: BatchRequest): Uint8Array {
  return Uint8Array.from(indices, (index) => reader.label(split, index))
}

function frameBatch(samples: number, frames: SparseFrames, labels: Uint8Array): FrameBatch {
  const { starts, steps, places, values, length } = frames
  return {
    kind: 'frames',
    samples,
    starts: starts.slice(0, steps + 1),
    places: places.slice(0, length),
    values: values && values.slice(0, length),
    labels,
  }
}

/** Room for the frames of a batch, kept from one to the next: to make it anew costs as much as to fill it. */
const room = { binary: new SparseFrames(true), counted: new SparseFrames(false) }

function emptyFrames(binary: boolean): SparseFrames {
  const frames = binary ? room.binary : room.counted
  frames.clear()
  return frames
}

function eventBatch(reader: Recordings, coding: BatchCoding, request: BatchRequest): MadeBatch {
  const { indices, split } = request
  const input = inputOf(coding)
  const binary = input.kind === 'given' && input.spikes
  const frames = emptyFrames(binary)
  let events: EventCounts | null = null
  for (const index of indices) {
    const recording = reader.recording(split, index)
    const stream = streamOf(coding, request, index)
    events = addEvents(
      events,
      encodeRecording(coding, recording, reader.shape, coding.timeSteps, stream, frames),
    )
  }
  return { batch: frameBatch(indices.length, frames, labelsOf(reader, request)), events }
}

/** Images as they are after the transforms that leave bytes, for the engine to encode by `encoding`. */
function imageBatch(
  encoding: EngineEncodingSettings,
  reader: Images,
  coding: BatchCoding,
  request: BatchRequest,
): ImageBatch {
  const transforms = beforeScale(coding.transforms)
  const images = Array.from(request.indices, (index) => {
    const image = { shape: reader.shape, pixels: reader.image(request.split, index) }
    return transformImage(transforms, image, streamOf(coding, request, index)).pixels
  })
  const pixels = new Uint8Array(images.length * images[0].length)
  images.forEach((image, b) => pixels.set(image, b * image.length))
  requireEncodable(encoding, lastScale(coding.transforms), coding.timeSteps, pixels)
  return { kind: 'images', ...request, pixels, labels: labelsOf(reader, request) }
}

function currents(reader: Images, coding: BatchCoding, request: BatchRequest): ValueBatch {
  const made = Array.from(request.indices, (index) => {
    const image = { shape: reader.shape, pixels: reader.image(request.split, index) }
    return encodeImage(coding, image, 1, streamOf(coding, request, index)).values
  })
  const values = new Float32Array(made.length * made[0].length)
  made.forEach((sample, b) => values.set(sample, b * sample.length))
  return { kind: 'values', values, labels: labelsOf(reader, request) }
}

function imageFrames(
  reader: Images,
  coding: BatchCoding,
  binary: boolean,
  request: BatchRequest,
): FrameBatch {
  const { timeSteps } = coding
  const frames = emptyFrames(binary)
  for (const index of request.indices) {
    const image = { shape: reader.shape, pixels: reader.image(request.split, index) }
    const { values } = encodeImage(coding, image, timeSteps, streamOf(coding, request, index))
    const size = values.length / timeSteps
    for (let t = 0; t < timeSteps; t++) {
      frames.reserve(size)
      for (let i = 0; i < size; i++) {
        const value = values[t * size + i]
        if (value !== 0) frames.push(i, value)
      }
      frames.endStep()
    }
  }
  return frameBatch(request.indices.length, frames, labelsOf(reader, request))
}

/**
 * Reads, transforms and encodes the samples of a batch, but for images that the engine encodes; it depends on nothing
 * but its arguments.
 * Throws `dataset.` errors that name the file where a recording cannot be read, and `encoding.` errors where an
 * image cannot be encoded so.
 */
export function makeBatch(reader: SampleReader, coding: BatchCoding, request: BatchRequest): MadeBatch {
  if (reader.kind === 'events') return eventBatch(reader, coding, request)
  const input = inputOf(coding)
  if (input.kind !== 'given') return { batch: imageBatch(input, reader, coding, request), events: null }
  const batch = input.static
    ? currents(reader, coding, request)
    : imageFrames(reader, coding, input.spikes, request)
  return { batch, events: null }
}
