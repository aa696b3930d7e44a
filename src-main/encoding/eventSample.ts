import type { EventCounts } from '../../src-shared/contract.ts'
import type { SampleCoding } from '../../src-shared/sampleRoute.ts'
import type { EventRecording } from '../datasets/dataset.ts'
import type { SampleStream } from './draw.ts'
import { copyEvents, eventEncoders, eventsOf } from './events/index.ts'
import type { SparseFrames } from './sparseFrames.ts'
import { transformEvents } from './transforms/index.ts'

/**
 * Transforms a recording and appends it to `out` as exactly `timeSteps` frames.
 *
 * @param shape of the recording, `[P,H,W]`
 */
export function encodeRecording(
  { transforms, encoding }: SampleCoding,
  recording: EventRecording,
  shape: readonly number[],
  timeSteps: number,
  stream: SampleStream,
  out: SparseFrames,
): EventCounts {
  const encoder = eventEncoders[encoding.kind as keyof typeof eventEncoders]
  const changed = transforms.length > 0
  const events = changed ? copyEvents(recording, shape) : eventsOf(recording, shape)
  transformEvents(transforms, events, stream)
  const dropped = encoder.encode(events, timeSteps, encoding.params, out)
  return { recorded: recording.t.length, transformed: events.count, ...dropped }
}
