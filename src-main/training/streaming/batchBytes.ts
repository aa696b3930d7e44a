import { inputShape } from '../../../src-shared/sampleRoute.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import { inputOf } from '../../encoding/input.ts'
import { arraysOf, type BatchCoding, type BatchRequest, type MadeBatch } from './makeBatch.ts'

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

/** Bytes that a batch takes at most. */
export function batchBytes(dataset: Dataset, coding: BatchCoding, { split, indices }: BatchRequest): number {
  const places = inputShape(coding, dataset.shape).reduce((product, length) => product * length, 1)
  const input = inputOf(coding)
  const entryBytes = input.kind === 'given' && input.spikes ? 4 : 8
  const startBytes = 4 * (coding.timeSteps * indices.length + 1)
  if (dataset.kind === 'images') {
    if (input.kind !== 'given') return places * indices.length
    if (input.kind === 'given' && input.static) return 4 * places * indices.length
    return startBytes + entryBytes * coding.timeSteps * places * indices.length
  }
  const added = addedEvents(coding)
  const { eventCounts } = dataset[split]
  const entries = indices.reduce(
    (sum, index) => sum + entriesOf(coding, eventCounts[index] + added, places),
    0,
  )
  return startBytes + entryBytes * entries
}

/** Bytes that a batch takes. */
export function bytesOf(batch: MadeBatch['batch']): number {
  return arraysOf(batch).reduce((sum, { byteLength }) => sum + byteLength, batch.labels.byteLength)
}
