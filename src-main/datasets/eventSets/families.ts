/** A publication of event recordings: its names, its terms, its files. */
export interface EventFamily {
  id: string
  name: string
  origin: string
  licence: string
  /** Pixels. */
  sensor: [width: number, height: number]
  polarities: 1 | 2
  /** Whether tonic moves each recording to begin at x 0 and y 0. */
  toOrigin?: true
  /** Names of its classes; null where they are only counted. */
  classes: readonly string[] | null
  classCount: number
  /** Recordings of each split; null where it has no split of its own, and then all of them are `train`. */
  counts: { train: number; test: number | null }
  /** MD5 of the published archives, by the beginnings of their names in lower case. */
  archives: Readonly<Record<string, string>>
}

const numerals = [...'0123456789']

/**
 * Known publications. The MD5 sums are those that tonic checks its downloads by; sizes and counts are those of the
 * papers and of tonic's and spikingjelly's loaders.
 */
export const eventFamilies = {
  nMnist: {
    id: 'n-mnist',
    name: 'N-MNIST',
    origin: 'N-MNIST (Orchard, Jayawant, Cohen, Thakor 2015): MNIST seen by an ATIS camera in three saccades',
    licence: 'CC BY-SA 4.0',
    sensor: [34, 34],
    polarities: 2,
    classes: numerals,
    classCount: 10,
    counts: { train: 60_000, test: 10_000 },
    archives: { train: '20959b8e626244a1b502305a9e6e2031', test: '69ca8762b2fe404d9b9bad1103e97832' },
  },
  nCaltech101: {
    id: 'n-caltech101',
    name: 'N-Caltech101',
    origin: 'N-Caltech101 (Orchard, Jayawant, Cohen, Thakor 2015): Caltech101 seen by an ATIS camera',
    licence: 'CC BY 4.0',
    sensor: [240, 180],
    polarities: 2,
    toOrigin: true,
    classes: null,
    classCount: 101,
    counts: { train: 8709, test: null },
    archives: { 'n-caltech101': '66201824eabb0239c7ab992480b50ba3' },
  },
  nCars: {
    id: 'n-cars',
    name: 'N-CARS',
    origin: 'N-CARS (Sironi, Brambilla, Bourdis, Lagorce, Benosman 2018), Prophesee',
    licence: 'terms of its publisher, Prophesee',
    sensor: [120, 100],
    polarities: 2,
    classes: ['background', 'cars'],
    classCount: 2,
    counts: { train: 15_422, test: 8607 },
    archives: {},
  },
  cifar10Dvs: {
    id: 'cifar10-dvs',
    name: 'CIFAR10-DVS',
    origin: 'CIFAR10-DVS (Li, Liu, Ji, Li, Shi 2017): CIFAR-10 seen by a DVS128 camera',
    licence: 'CC BY 4.0',
    sensor: [128, 128],
    polarities: 2,
    classes: ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'],
    classCount: 10,
    counts: { train: 10_000, test: null },
    archives: {},
  },
} as const satisfies Record<string, EventFamily>

/** The publication that a layout of class folders belongs to by its names; undefined where none is likely. */
export function familyOfLayout(
  ending: string,
  classes: readonly string[],
  ownSplits: boolean,
): EventFamily | undefined {
  const within = (names: readonly string[]): boolean => classes.every((name) => names.includes(name))
  if (ending === '.bin' && ownSplits && within(numerals)) return eventFamilies.nMnist
  if (ending === '.bin' && !ownSplits && classes.includes('BACKGROUND_Google'))
    return eventFamilies.nCaltech101
  if (ending === '.dat' && ownSplits && within(eventFamilies.nCars.classes)) return eventFamilies.nCars
  if (ending.startsWith('.aedat') && !ownSplits && within(eventFamilies.cifar10Dvs.classes))
    return eventFamilies.cifar10Dvs
  return undefined
}
