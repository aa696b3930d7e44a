import type { Split } from '../../../src-shared/contract.ts'
import type { EventDataset, EventRecording } from '../../datasets/dataset.ts'

/** Events beyond which a recording is not kept: some 40 MB of them. */
const mostEvents = 4 << 20

const recent = new WeakMap<EventDataset, { split: Split; index: number; recording: EventRecording }>()

/**
 * A recording of a dataset, which must not be changed. The last one is kept, so that a slider that says how it is
 * looked at or encoded does not read it anew at every move.
 */
export function recentRecording(dataset: EventDataset, split: Split, index: number): EventRecording {
  const known = recent.get(dataset)
  if (known?.split === split && known.index === index) return known.recording
  const recording = dataset[split].recording(index)
  if (recording.t.length <= mostEvents) recent.set(dataset, { split, index, recording })
  else recent.delete(dataset)
  return recording
}
