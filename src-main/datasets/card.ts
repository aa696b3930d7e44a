import type { DatasetCard, EventFacts } from '../../src-shared/contract.ts'
import type { Dataset, EventDataset, ImageDataset } from './dataset.ts'

function perClass(labels: Uint8Array, classes: number): number[] {
  const counts = new Array<number>(classes).fill(0)
  for (const label of labels) counts[label]++
  return counts
}

/** Counts events, and their means and durations over both splits. */
function eventFacts({ train, test, shape, classes, simulated }: EventDataset): EventFacts {
  const sums = new Array<number>(classes.length).fill(0)
  const counts = new Array<number>(classes.length).fill(0)
  const totals = [0, 0]
  const duration = { shortest: Infinity, mean: 0, longest: 0 }
  for (const [which, { count, labels, eventCounts, durations }] of [train, test].entries()) {
    for (let i = 0; i < count; i++) {
      sums[labels[i]] += eventCounts[i]
      counts[labels[i]]++
      totals[which] += eventCounts[i]
      duration.shortest = Math.min(duration.shortest, durations[i])
      duration.longest = Math.max(duration.longest, durations[i])
      duration.mean += durations[i]
    }
  }
  const samples = train.count + test.count
  duration.mean /= Math.max(1, samples)
  if (samples === 0) duration.shortest = 0
  const [polarities, height, width] = shape
  return {
    sensor: [width, height, polarities],
    trainEvents: totals[0],
    testEvents: totals[1],
    meanPerClass: sums.map((sum, label) => (counts[label] > 0 ? sum / counts[label] : 0)),
    duration,
    simulated,
  }
}

/** Ranges of datasets that are kept in memory; a second look costs nothing. */
const ranges = new WeakMap<Uint8Array, [number, number]>()

function rangeOf(bytes: Uint8Array): [number, number] {
  let [least, largest] = [255, 0]
  for (let i = 0; i < bytes.length && (least > 0 || largest < 255); i++) {
    if (bytes[i] < least) least = bytes[i]
    if (bytes[i] > largest) largest = bytes[i]
  }
  return [least, largest]
}

/** Least and largest byte of both splits. */
function valueRange({ train, test }: ImageDataset): [number, number] {
  const known = ranges.get(train.images)
  if (known) return known
  const [a, b] = [rangeOf(train.images), rangeOf(test.images)]
  const range: [number, number] = [Math.min(a[0], b[0]), Math.max(a[1], b[1])]
  ranges.set(train.images, range)
  return range
}

/** What the Data screen and `spikedesk datasets` show of an opened dataset. */
export function cardOf(dataset: Dataset): DatasetCard {
  const { train, test, classes, findings, settings } = dataset
  const { id, name, format, path, origin, licence, shape, checksum, known, bytesOnDisk } = dataset
  return {
    ...{ id, kind: dataset.kind, name, format, path, origin, licence, shape, checksum, known, bytesOnDisk },
    classes,
    trainCount: train.count,
    testCount: test.count,
    trainPerClass: perClass(train.labels, classes.length),
    testPerClass: perClass(test.labels, classes.length),
    bundled: path === null,
    events: dataset.kind === 'events' ? eventFacts(dataset) : null,
    valueRange: dataset.kind === 'images' ? valueRange(dataset) : null,
    findings: [...(findings ?? [])],
    settings: { ...settings },
    problem: null,
  }
}
