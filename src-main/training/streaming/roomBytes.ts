import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { inputShape } from '../../../src-shared/sampleRoute.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import { inputOf } from '../../encoding/input.ts'
import { imageValues, type BatchCoding, type BatchRequest } from './makeBatch.ts'

/** Events that the transforms of an experiment add to a recording at most. */
function addedEvents({ transforms }: BatchCoding): number {
  return transforms.reduce(
    (sum, { kind, params }) => sum + (kind === 'uniformNoise' ? Number(params.count) : 0),
    0,
  )
}

/** Entries that a recording of so many events becomes at most. */
function entriesOf({ encoding, timeSteps }: BatchCoding, events: number, places: number): number {
  const { kind, params } = encoding
  if (kind === 'timeSurface') return timeSteps * Math.min(events, places)
  if (kind === 'voxelGrid') return Math.min(2 * events, timeSteps * places)
  const { overlap, slicing, window, count } = params
  const size = slicing === 'timeWindow' ? Number(window) : slicing === 'eventCount' ? Number(count) : 1
  const repeats = Math.ceil(1 / Math.max(1e-3, 1 - Number(overlap) / size))
  return Math.min(repeats * events, timeSteps * places)
}

function entriesOfBatch(
  dataset: Dataset,
  coding: BatchCoding,
  { split, indices }: BatchRequest,
  places: number,
): number {
  if (dataset.kind === 'images') return coding.timeSteps * places * indices.length
  const added = addedEvents(coding)
  const { eventCounts } = dataset[split]
  return indices.reduce((sum, index) => sum + entriesOf(coding, eventCounts[index] + added, places), 0)
}

/** Bytes of each buffer that a batch needs to lie in, at most, in the order of a `BatchRoom`. */
export function roomBytes(dataset: Dataset, coding: BatchCoding, request: BatchRequest): number[] {
  const places = elementCount(inputShape(coding, dataset.shape))
  const input = inputOf(coding)
  const samples = request.indices.length
  if (input.kind !== 'given') return [imageValues(dataset.shape, coding) * samples]
  if (dataset.kind === 'images' && input.static) return [4 * places * samples]
  const starts = 4 * (coding.timeSteps * samples + 1)
  const entries = 4 * entriesOfBatch(dataset, coding, request, places)
  return input.spikes ? [starts, entries] : [starts, entries, entries]
}
