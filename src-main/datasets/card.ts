import type { DatasetCard } from '../../src-shared/contract.ts'
import type { ImageDataset, ImageSplit } from './dataset.ts'

function perClass(split: ImageSplit, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0)
  for (const label of split.labels) counts[label]++
  return counts
}

/** What the Data screen and `spikedesk datasets` show of an opened dataset. */
export function cardOf(dataset: ImageDataset): DatasetCard {
  const { kind: _kind, train, test, classes, ...facts } = dataset
  return {
    ...facts,
    classes,
    trainCount: train.count,
    testCount: test.count,
    trainPerClass: perClass(train, classes.length),
    testPerClass: perClass(test, classes.length),
    bundled: dataset.path === null,
    problem: null,
  }
}
