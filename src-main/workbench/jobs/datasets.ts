import type { RecordingSample, SamplePage, Split } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { Dataset } from '../../datasets/dataset.ts'
import { licenceText } from '../../datasets/licenceText.ts'
import { EventRoom } from '../../datasets/packed/eventRoom.ts'
import { requireEvents } from '../../datasets/subset.ts'
import { thumbnail } from '../../encoding/thumbnail.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'
import { recentRecording } from './recentRecording.ts'

/** Throws `sample.range` where a split has no such sample. */
export function requireSample(dataset: Dataset, split: Split, index: number): void {
  const { count } = dataset[split]
  if (index < count) return
  const phrase = { phrase: `split.${split}` } as const
  throw new SpikedeskError('sample.range', { index, split: phrase, dataset: dataset.name, count })
}

/** Places of the samples with `label` (null: all), `count` of them from the `offset`-th on, and how many in all. */
function matching(
  { labels }: { labels: Uint8Array },
  label: number | null,
  offset: number,
  count: number,
): { indices: number[]; total: number } {
  const indices: number[] = []
  let total = 0
  for (let i = 0; i < labels.length; i++) {
    if (label !== null && labels[i] !== label) continue
    if (total >= offset && indices.length < count) indices.push(i)
    total++
  }
  return { indices, total }
}

/** Lists datasets and shows their samples. */
export function datasetJobs({
  datasets,
}: Workspace): Pick<
  ComputeJobs,
  'datasets.list' | 'datasets.licence' | 'datasets.remove' | 'datasets.samples' | 'datasets.recording'
> {
  return {
    'datasets.list': () => datasets.cards(),
    'datasets.licence': async ({ id }) => {
      const { licence, path, bundled } = await datasets.card(id)
      return licenceText(licence, path, bundled)
    },
    'datasets.remove': async ({ id }) => {
      await datasets.remove(id)
      return null
    },
    'datasets.recording': async ({ id, split, index }): Promise<RecordingSample> => {
      const dataset = requireEvents(await datasets.open(id))
      requireSample(dataset, split, index)
      const { labels } = dataset[split]
      return { shape: dataset.shape, label: labels[index], ...recentRecording(dataset, split, index) }
    },
    'datasets.samples': async ({ id, split, offset, count, label }): Promise<SamplePage> => {
      const dataset: Dataset = await datasets.open(id)
      const { indices, total } = matching(dataset[split], label, offset, count)
      const room = new EventRoom()
      const pictures = indices.map((index) => thumbnail(dataset, split, index, room))
      const shape = pictures.at(0)?.shape ?? dataset.shape
      const size = shape.reduce((product, length) => product * length, 1)
      const pixels = new Uint8Array(indices.length * size)
      pictures.forEach((picture, i) => pixels.set(picture.pixels, i * size))
      return {
        indices: Uint32Array.from(indices),
        labels: Uint8Array.from(indices, (index) => dataset[split].labels[index]),
        pixels,
        shape,
        total,
      }
    },
  }
}
