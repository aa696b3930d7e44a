import type { SamplePage, Split } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { ImageDataset, ImageSplit } from '../../datasets/dataset.ts'
import { requireImages } from '../../datasets/subset.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { ComputeJobs } from '../computeContract.ts'

/** Place and number of bytes of a sample; throws `sample.range`. */
export function samplePixels(dataset: ImageDataset, split: Split, index: number): Uint8Array {
  const { count, images } = dataset[split]
  if (index >= count)
    throw new SpikedeskError('sample.range', {
      index,
      split: { phrase: `split.${split}` },
      dataset: dataset.name,
      count,
    })
  const size = images.length / count
  return images.slice(index * size, (index + 1) * size)
}

/** Places of the samples with `label` (null: all), `count` of them from the `offset`-th on, and how many in all. */
function matching(
  { labels }: ImageSplit,
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
}: Workspace): Pick<ComputeJobs, 'datasets.list' | 'datasets.add' | 'datasets.remove' | 'datasets.samples'> {
  return {
    'datasets.list': () => datasets.cards(),
    'datasets.add': ({ path }) => datasets.add(path),
    'datasets.remove': async ({ id }) => {
      await datasets.remove(id)
      return null
    },
    'datasets.samples': async ({ id, split, offset, count, label }): Promise<SamplePage> => {
      const dataset = requireImages(await datasets.open(id))
      const { indices, total } = matching(dataset[split], label, offset, count)
      const size = dataset.shape.reduce((product, length) => product * length, 1)
      const pixels = new Uint8Array(indices.length * size)
      indices.forEach((index, i) => pixels.set(samplePixels(dataset, split, index), i * size))
      return {
        indices: Uint32Array.from(indices),
        labels: Uint8Array.from(indices, (index) => dataset[split].labels[index]),
        pixels,
        shape: dataset.shape,
        total,
      }
    },
  }
}
