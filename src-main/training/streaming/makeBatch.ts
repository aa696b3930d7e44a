import { encodeImage } from '../../encoding/imageSample.ts'
import type { EventCounts } from '../../../src-shared/contract.ts'
import type { EngineEncodingSettings } from '../../../src-shared/experiment.ts'
import { encodeRecording } from '../../encoding/eventSample.ts'
import type { SampleStream } from '../../encoding/draw.ts'
import { SparseFrames } from '../../encoding/sparseFrames.ts'
import { inputOf } from '../../encoding/input.ts'
import { requireEncodable } from '../../encoding/requireEncodable.ts'
import { transformImage } from '../../encoding/transforms/index.ts'
import {
  beforeScale,
  fieldsOfPixel,
  inputShape,
  lastScale,
  type SampleCoding,
} from '../../../src-shared/sampleRoute.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
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

/**
 * Buffers that a batch lies in: of frames those of `starts`, `places` and, unless they are binary, `values`; else one.
 * A batch may be made into those of an earlier one of the same coding, whatever they hold: what is too small moves.
 */
export type BatchRoom = readonly ArrayBuffer[]

/** The buffers of a batch that `makeBatch` made. */
export function roomOf({ batch }: MadeBatch): BatchRoom {
  if (batch.kind === 'images') return [batch.pixels.buffer as ArrayBuffer]
  const arrays = batch.kind === 'values' ? [batch.values] : [batch.starts, batch.places, batch.values]
  return arrays.flatMap((array) => (array ? [array.buffer as ArrayBuffer] : []))
}

/** The buffer of a room, with at least so many bytes. */
function bufferOf(room: BatchRoom, bytes: number): ArrayBuffer {
  const buffer = room.at(0) ?? new ArrayBuffer(bytes)
  return buffer.byteLength < bytes ? buffer.transfer(bytes) : buffer
}

function streamOf({ seed }: BatchCoding, { split, epoch }: BatchRequest, sample: number): SampleStream {
  return { seed, phase: split, sample, epoch }
}

type Recordings = Extract<SampleReader, { kind: 'events' }>
type Images = Extract<SampleReader, { kind: 'images' }>

/** Values of an image after its transforms. */
export function imageValues(shape: readonly number[], coding: BatchCoding): number {
  const { kind, params } = coding.encoding
  return elementCount(inputShape(coding, shape)) / fieldsOfPixel(kind, params)
}

function labelsOf(reader: SampleReader, { split, indices }: BatchRequest): Uint8Array {
  return Uint8Array.from(indices, (index) => reader.label(split, index))
}

function frameBatch(samples: number, frames: SparseFrames, labels: Uint8Array): FrameBatch {
  const { starts, steps, places, values, length } = frames
  return {
    kind: 'frames',
    samples,
    starts: starts.subarray(0, steps + 1),
    places: places.subarray(0, length),
    values: values && values.subarray(0, length),
    labels,
  }
}

function emptyFrames(binary: boolean, room: BatchRoom): SparseFrames {
  if (room.length === 0) return new SparseFrames(binary)
  return SparseFrames.within(room[0], room[1], binary ? null : room[2])
}

function eventBatch(
  reader: Recordings,
  coding: BatchCoding,
  request: BatchRequest,
  room: BatchRoom,
): MadeBatch {
  const { indices, split } = request
  const input = inputOf(coding)
  const binary = input.kind === 'given' && input.spikes
  const frames = emptyFrames(binary, room)
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
  room: BatchRoom,
): ImageBatch {
  const transforms = beforeScale(coding.transforms)
  const size = imageValues(reader.shape, coding)
  const bytes = size * request.indices.length
  const pixels = new Uint8Array(bufferOf(room, bytes), 0, bytes)
  request.indices.forEach((index, b) => {
    const image = { shape: reader.shape, pixels: reader.image(request.split, index) }
    pixels.set(transformImage(transforms, image, streamOf(coding, request, index)).pixels, b * size)
  })
  requireEncodable(encoding, lastScale(coding.transforms), coding.timeSteps, pixels)
  return { kind: 'images', ...request, pixels, labels: labelsOf(reader, request) }
}

function currents(reader: Images, coding: BatchCoding, request: BatchRequest, room: BatchRoom): ValueBatch {
  const size = elementCount(inputShape(coding, reader.shape))
  const count = size * request.indices.length
  const values = new Float32Array(bufferOf(room, 4 * count), 0, count)
  request.indices.forEach((index, b) => {
    const image = { shape: reader.shape, pixels: reader.image(request.split, index) }
    values.set(encodeImage(coding, image, 1, streamOf(coding, request, index)).values, b * size)
  })
  return { kind: 'values', values, labels: labelsOf(reader, request) }
}

function imageFrames(
  reader: Images,
  coding: BatchCoding,
  binary: boolean,
  request: BatchRequest,
  room: BatchRoom,
): FrameBatch {
  const { timeSteps } = coding
  const frames = emptyFrames(binary, room)
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
 *
 * @param room to make it in; it is the batch's then
 */
export function makeBatch(
  reader: SampleReader,
  coding: BatchCoding,
  request: BatchRequest,
  room: BatchRoom = [],
): MadeBatch {
  if (reader.kind === 'events') return eventBatch(reader, coding, request, room)
  const input = inputOf(coding)
  if (input.kind !== 'given') return { batch: imageBatch(input, reader, coding, request, room), events: null }
  const batch = input.static
    ? currents(reader, coding, request, room)
    : imageFrames(reader, coding, input.spikes, request, room)
  return { batch, events: null }
}
