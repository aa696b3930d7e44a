import type { Dataset, EventRecording } from '../../datasets/dataset.ts'
import type { Split } from '../../engine/executor.ts'

/** Samples as they lie in a dataset, for whoever makes batches of them. */
export type SampleReader = {
  /** `[P,H,W]` or `[C,H,W]`. */
  shape: readonly number[]
  label(split: Split, index: number): number
} & (
  | { kind: 'events'; recording(split: Split, index: number): EventRecording }
  /** `[C,H,W]`, bytes. */
  | { kind: 'images'; image(split: Split, index: number): Uint8Array }
)

/** Reads the samples of an opened dataset on the thread that opened it. */
export function readerOf(dataset: Dataset): SampleReader {
  const { shape } = dataset
  const label = (split: Split, index: number): number => dataset[split].labels[index]
  if (dataset.kind === 'events') {
    return { kind: 'events', shape, label, recording: (split, index) => dataset[split].recording(index) }
  }
  return {
    ...{ kind: 'images', shape, label },
    image(split, index) {
      const { images, count } = dataset[split]
      const size = images.length / count
      return images.subarray(index * size, (index + 1) * size)
    },
  }
}
