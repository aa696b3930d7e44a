import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'fast-png'
import jpeg from 'jpeg-js'
import { wholeSet } from './idxFiles.ts'
import {
  aedat2Bytes,
  aedat3Bytes,
  aedat4Bytes,
  atisBytes,
  csvEventBytes,
  datBytes,
  npyBytes,
  npyEventBytes,
  npzEventBytes,
  someEvents,
  type TestEvent,
} from './recordingFiles.ts'
import { tarGzFile } from './tarFiles.ts'
import { zipFile } from './zipFiles.ts'

/** A small whole set in the layout of a publication, and how it is opened. */
export interface SmallSet {
  /** Format of the table of datasets that has to recognise it. */
  format: string
  name: string
  files: Record<string, Uint8Array>
  /** The file to open; the folder where it is left out. */
  open?: string
  train: number
  test: number
}

type Files = Record<string, Uint8Array>

const named = (entries: [string, Uint8Array][]): Files => Object.fromEntries(entries)
const zipped = (files: Files): Buffer =>
  zipFile(Object.entries(files).map(([name, bytes]) => ({ name, bytes })))

/** Recordings of any format: `train/a/0`, `train/b/1`, `test/a/2`, `test/b/3` with an ending. */
function classFolder(ending: string, write: (events: readonly TestEvent[]) => Uint8Array): Files {
  const places = ['train/a/0', 'train/b/1', 'test/a/2', 'test/b/3']
  return named(places.map((place, i) => [`${place}.${ending}`, write(someEvents(12 + i))]))
}

/** `n` recordings of each class, all other than the others. */
export function recordingsOf(
  classes: readonly string[],
  n: number,
  place: (className: string, i: number) => string,
  write: (events: readonly TestEvent[]) => Uint8Array,
): Files {
  return named(
    classes.flatMap((name, label) =>
      Array.from({ length: n }, (_, i): [string, Uint8Array] => [
        place(name, i),
        write(someEvents(10 + n * label + i)),
      ]),
    ),
  )
}

/** The ten digits as N-MNIST has them, one recording of each to train and to test. */
export function nMnistFiles(): Files {
  const digits = [...'0123456789']
  return {
    ...recordingsOf(digits, 1, (digit, i) => `Train/${digit}/0000${i}.bin`, atisBytes),
    ...recordingsOf(
      digits,
      1,
      (digit, i) => `Test/${digit}/0000${i}.bin`,
      (events) => atisBytes(events.slice(1)),
    ),
  }
}

/** Three of the classes of N-Caltech101, ten recordings of each. */
export function nCaltechFiles(): Files {
  const classes = ['BACKGROUND_Google', 'accordion', 'yin_yang']
  return recordingsOf(classes, 10, (name, i) => `Caltech101/${name}/image_00${10 + i}.bin`, atisBytes)
}

/** The archive within an archive in which N-Caltech101 is published. */
export function nCaltechArchive(stored = false): Buffer {
  const annotations = zipped({ 'Caltech101_annotations/accordion/annotation_0001.bin': Buffer.alloc(9) })
  return zipFile([
    { name: 'N-Caltech101-archive/Caltech101.zip', bytes: zipped(nCaltechFiles()), stored },
    { name: 'N-Caltech101-archive/Caltech101_annotations.zip', bytes: annotations },
    { name: 'N-Caltech101-archive/README(1).txt', bytes: Buffer.from('N-Caltech101') },
  ])
}

export const cifarClasses = [
  ...['airplane', 'automobile', 'bird', 'cat', 'deer'],
  ...['dog', 'frog', 'horse', 'ship', 'truck'],
]

/** CIFAR10-DVS: a zip archive for each class with ten AEDAT 2.0 files. */
export function cifarDvsArchives(): Files {
  const place = (name: string, i: number): string => `${name}/cifar10_${name}_${i}.aedat`
  const all = Object.entries(recordingsOf(cifarClasses, 10, place, aedat2Bytes))
  return named(
    cifarClasses.map((name) => [
      `${name}.zip`,
      zipped(named(all.filter(([file]) => file.startsWith(`${name}/`)))),
    ]),
  )
}

/** The re-release of CIFAR10-DVS that tonic reads: AEDAT 4 in folders by class. */
export function cifarDvsAedat4(): Files {
  return recordingsOf(
    cifarClasses,
    10,
    (name, i) => `${name}/${name}_${i}.aedat4`,
    (events) => aedat4Bytes(events, 0),
  )
}

/** CIFAR-10, binary version: five batches of two images and a test batch of three, image i all of one value. */
export function cifar10Files(folder = 'cifar-10-batches-bin/'): Files {
  const batch = (first: number, count: number): Buffer =>
    Buffer.concat(
      Array.from({ length: count }, (_, i) =>
        Buffer.concat([
          Buffer.of((first + i) % 10),
          ...[0, 1, 2].map((channel) => Buffer.alloc(1024, 10 * channel + first + i)),
        ]),
      ),
    )
  return named([
    ...[1, 2, 3, 4, 5].map((n): [string, Uint8Array] => [
      `${folder}data_batch_${n}.bin`,
      batch(2 * (n - 1), 2),
    ]),
    [`${folder}test_batch.bin`, batch(3, 3)],
    [`${folder}batches.meta.txt`, Buffer.from(cifarClasses.join('\n'))],
  ])
}

function numpyImages(): Files {
  const array = (count: number): [Buffer, Buffer] => [
    npyBytes('|u1', [count, 3, 2], Buffer.alloc(6 * count, 9)),
    npyBytes('|u1', [count], Buffer.from(Array.from({ length: count }, (_, i) => i % 2))),
  ]
  const [[xTrain, yTrain], [xTest, yTest]] = [array(4), array(2)]
  return { 'x_train.npy': xTrain, 'y_train.npy': yTrain, 'x_test.npy': xTest, 'y_test.npy': yTest }
}

function pictures(ending: 'png' | 'jpg'): Files {
  const picture = (value: number): Uint8Array => {
    if (ending === 'png')
      return encode({ width: 6, height: 5, channels: 1, data: new Uint8Array(30).fill(value) })
    return jpeg.encode({ width: 6, height: 5, data: Buffer.alloc(120, value) }, 90).data
  }
  const places = ['train/a/1', 'train/b/2', 'test/a/3', 'test/b/4']
  return named(places.map((place, i) => [`${place}.${ending}`, picture(40 * i + 20)]))
}

const gestureTable = Buffer.from('class,startTime_usec,endTime_usec\n3,654,30654\n11,30654,90000\n')
const gestures: Files = {
  'trials_to_train.txt': Buffer.from('user01_led.aedat\n'),
  'trials_to_test.txt': Buffer.from('user24_lab.aedat\n'),
  'user01_led.aedat': aedat3Bytes(someEvents(30)),
  'user01_led_labels.csv': gestureTable,
  'user24_lab.aedat': aedat3Bytes(someEvents(31)),
  'user24_lab_labels.csv': gestureTable,
}

function gestureArrays(): Files {
  const rows = (x: number): Buffer =>
    npyBytes('<f8', [2, 4], Buffer.from(Float64Array.of(x, 15, 1, 0.654, 19, 18, 0, 2.999).buffer))
  return {
    'ibmGestureTrain/user01_led/0.npy': rows(7),
    'ibmGestureTrain/user02_lab/7.npy': rows(8),
    'ibmGestureTest/user24_led/10.npy': rows(9),
  }
}

const spoken = readFileSync(join(import.meta.dirname, '../main/datasets/spokenDigits.h5'))

/** Sets in every layout that is read, in folders and in archives. */
export const smallSets: readonly SmallSet[] = [
  { format: 'idx', name: 'IDX', files: wholeSet(), train: 6, test: 3 },
  { format: 'idx', name: 'IDX, gzip', files: wholeSet('.gz'), train: 6, test: 3 },
  { format: 'cifar10', name: 'CIFAR-10', files: cifar10Files(), train: 10, test: 3 },
  {
    ...{ format: 'cifar10', name: 'CIFAR-10, tar.gz', train: 10, test: 3 },
    ...{ files: { 'cifar-10-binary.tar.gz': tarGzFile(cifar10Files()) }, open: 'cifar-10-binary.tar.gz' },
  },
  { format: 'numpy-images', name: 'NumPy images', files: numpyImages(), train: 4, test: 2 },
  {
    ...{ format: 'numpy-images', name: 'NumPy images, npz', train: 4, test: 2 },
    ...{ files: { 'images.npz': zipped(numpyImages()) }, open: 'images.npz' },
  },
  {
    ...{ format: 'shd', name: 'SHD', train: 3, test: 3, open: 'shd_train.h5' },
    files: { 'shd_train.h5': spoken, 'shd_test.h5': spoken },
  },
  { format: 'dvs-gesture', name: 'DVS128 Gesture', files: gestures, train: 2, test: 2 },
  {
    ...{ format: 'dvs-gesture', name: 'DVS128 Gesture, tar.gz', train: 2, test: 2 },
    ...{ files: { 'DvsGesture.tar.gz': tarGzFile(gestures) }, open: 'DvsGesture.tar.gz' },
  },
  { format: 'dvs-gesture-arrays', name: 'gestures of tonic', files: gestureArrays(), train: 2, test: 1 },
  { format: 'class-folders', name: 'N-MNIST', files: nMnistFiles(), train: 10, test: 10 },
  {
    ...{ format: 'class-folders', name: 'N-MNIST, zip', train: 10, test: 10, open: 'nmnist.zip' },
    files: { 'nmnist.zip': zipped(nMnistFiles()) },
  },
  { format: 'class-folders', name: 'N-Caltech101', files: nCaltechFiles(), train: 27, test: 3 },
  {
    ...{ format: 'class-folders', name: 'N-Caltech101, zip', train: 27, test: 3, open: 'archive.zip' },
    files: { 'archive.zip': nCaltechArchive() },
  },
  {
    ...{ format: 'class-folders', name: 'N-CARS', train: 2, test: 2 },
    files: named(
      [
        'n-cars_train/background/0',
        'n-cars_train/cars/1',
        'n-cars_test/background/2',
        'n-cars_test/cars/3',
      ].map((place, i) => [`${place}_td.dat`, datBytes(someEvents(12 + i))]),
    ),
  },
  { format: 'class-folders', name: 'CIFAR10-DVS', files: cifarDvsArchives(), train: 90, test: 10 },
  { format: 'class-folders', name: 'CIFAR10-DVS, AEDAT 4', files: cifarDvsAedat4(), train: 90, test: 10 },
  ...(
    [
      ['older .dat', 'dat', (events: readonly TestEvent[]) => datBytes(events, 'atis')],
      ['AEDAT 3.1', 'aedat', aedat3Bytes],
      ['AEDAT 4', 'aedat4', aedat4Bytes],
      ['npy', 'npy', npyEventBytes],
      ['npz', 'npz', npzEventBytes],
      ['CSV', 'csv', csvEventBytes],
    ] as const
  ).map(([name, ending, write]) => ({
    ...{ format: 'class-folders', name: `folders of ${name}`, train: 2, test: 2 },
    files: classFolder(ending, (events) => write(events)),
  })),
  { format: 'picture-folders', name: 'folders of PNG', files: pictures('png'), train: 2, test: 2 },
  { format: 'picture-folders', name: 'folders of JPEG', files: pictures('jpg'), train: 2, test: 2 },
  {
    ...{ format: 'picture-folders', name: 'folders of PNG, tar.gz', train: 2, test: 2, open: 'set.tar.gz' },
    files: { 'set.tar.gz': tarGzFile(pictures('png')) },
  },
]
