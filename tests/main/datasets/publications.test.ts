import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FieldValues } from '../../../src-shared/fields.ts'
import { DatasetLibrary } from '../../../src-main/datasets/library.ts'
import { requireEvents, requireImages } from '../../../src-main/datasets/subset.ts'
import { writeFolder } from '../../corpus/idxFiles.ts'
import { atisBytes, someEvents, type TestEvent } from '../../corpus/recordingFiles.ts'
import { spikedesk } from '../cli/commandLine.ts'
import {
  cifar10Files,
  cifarClasses,
  cifarDvsAedat4,
  cifarDvsArchives,
  nCaltechArchive,
  nCaltechFiles,
  smallSets,
} from '../../corpus/smallSets.ts'
import { tarGzFile } from '../../corpus/tarFiles.ts'

/** Small sets in the exact layouts of publications: recognised, imported, verified, with the numbers they were made with. */

let root = ''
let runs = 0
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'spikedesk-publications-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function add(path: string, settings: FieldValues = {}) {
  const library = new DatasetLibrary(join(root, `workspace-${++runs}`))
  const card = await library.add(path, { settings })
  const { fine } = await library.verify(card.id)
  expect(fine).toBe(true)
  return { library, card }
}

const folder = (files: Record<string, Uint8Array>): string => writeFolder(root, `set-${++runs}`, files)

function archive(name: string, bytes: Uint8Array): string {
  const path = join(folder({}), name)
  writeFileSync(path, bytes)
  return path
}

/** The events of a recording as rows of x, y, t, p. */
function rowsOf({
  x,
  y,
  t,
  p,
}: {
  x: Uint16Array
  y: Uint16Array
  t: Uint32Array
  p: Uint8Array
}): number[][] {
  return Array.from(t, (time, i) => [x[i], y[i], time, p[i]])
}

const rows = (events: readonly TestEvent[]): number[][] => events.map(({ x, y, t, p }) => [x, y, t, p])

describe('N-Caltech101', () => {
  it('is the same from its folders, and from the archive within its archive, stored or packed', async () => {
    const { card, library } = await add(folder(nCaltechFiles()))
    expect(card).toMatchObject({
      shape: [2, 180, 240],
      classes: ['BACKGROUND_Google', 'accordion', 'yin_yang'],
      trainPerClass: [9, 9, 9],
      testPerClass: [1, 1, 1],
      licence: 'CC BY 4.0',
      known: null,
    })
    expect(card.origin).toContain('by its layout N-Caltech101')
    const { train } = requireEvents(await library.open(card.id))
    expect(rowsOf(train.recording(0))).toEqual(rows(someEvents(10)))
    for (const stored of [true, false]) {
      const packed = await add(archive('N-Caltech101-archive.zip', nCaltechArchive(stored)))
      expect(packed.card.checksum).toBe(card.checksum)
    }
  })

  it('stands where it was seen by the rule of spikingjelly, and begins at 0 by that of tonic', async () => {
    const moved = someEvents(9).map((event) => ({ ...event, x: event.x + 100, y: event.y + 50 }))
    const files = { ...nCaltechFiles(), 'Caltech101/accordion/image_0001.bin': atisBytes(moved) }
    const path = folder(files)
    for (const [rule, wanted] of [
      ['spikingjelly', moved],
      ['tonic', someEvents(9)],
    ] as const) {
      const { card, library } = await add(path, { rule })
      const { train } = requireEvents(await library.open(card.id))
      expect(rowsOf(train.recording([...train.eventCounts].indexOf(9)))).toEqual(rows(wanted))
    }
  })

  it('counts the overflow of its clock by the rule of tonic alone', async () => {
    const [a, b, c] = someEvents(3)
    const marker = { x: 0, y: 240, t: b.t, p: 0 }
    const path = folder({
      ...nCaltechFiles(),
      'Caltech101/accordion/image_0001.bin': atisBytes([a, marker, b, c]),
    })
    const { card, library } = await add(path)
    const { train } = requireEvents(await library.open(card.id))
    const index = [...train.eventCounts].indexOf(3)
    expect([...train.recording(index).t]).toEqual([a.t, b.t + 8192, c.t + 8192])
    expect(card.findings).toEqual([
      {
        kind: 'dropped',
        done: 'leftOut',
        samples: 1,
        events: 1,
        names: [expect.stringContaining('image_0001')],
      },
    ])
    await expect(add(path, { rule: 'spikingjelly' })).rejects.toThrow(
      'image_0001.bin has events outside the sensor of 240 × 180 pixels (events: 1, the first at x 0, y 240); ',
    )
  })
})

describe('CIFAR10-DVS', () => {
  it('is read from an archive for each class, turned upright by the rule of spikingjelly', async () => {
    const path = folder(cifarDvsArchives())
    for (const rule of ['tonic', 'spikingjelly']) {
      const { card, library } = await add(path, { rule })
      expect(card).toMatchObject({
        shape: [2, 128, 128],
        classes: cifarClasses,
        trainPerClass: new Array<number>(10).fill(9),
        testPerClass: new Array<number>(10).fill(1),
      })
      expect(card.origin).toContain('by its layout CIFAR10-DVS')
      const { train } = requireEvents(await library.open(card.id))
      const wanted = someEvents(10).map(({ x, y, t, p }) =>
        rule === 'tonic' ? [x, y, t - 654, p] : [127 - y, 127 - x, t - 654, 1 - p],
      )
      const index = train.labels.indexOf(0)
      expect(rowsOf(train.recording(index))).toEqual(wanted)
    }
  })

  it('is read in the AEDAT 4 files in which tonic offers it', async () => {
    const { card } = await add(folder(cifarDvsAedat4()))
    expect(card).toMatchObject({ shape: [2, 128, 128], trainCount: 90, testCount: 10 })
    expect(card.origin).toContain('by its layout CIFAR10-DVS')
  })
})

describe('N-CARS', () => {
  it('is read from its folders', async () => {
    const { files } = smallSets.find(({ name }) => name === 'N-CARS')!
    const { card, library } = await add(folder(files))
    expect(card).toMatchObject({
      shape: [2, 100, 120],
      classes: ['background', 'cars'],
      trainPerClass: [1, 1],
    })
    const { test } = requireEvents(await library.open(card.id))
    expect(rowsOf(test.recording(0))).toEqual(rows(someEvents(14)))
  })
})

describe('CIFAR-10', () => {
  it('is the same from its folder, from within it, and from its archive', async () => {
    const path = folder(cifar10Files())
    const { card, library } = await add(path)
    expect(card).toMatchObject({
      kind: 'images',
      shape: [3, 32, 32],
      classes: cifarClasses,
      trainCount: 10,
      testCount: 3,
      valueRange: [0, 29],
    })
    expect(card.origin).toContain('not all of it')
    const { train, test } = requireImages(await library.open(card.id))
    expect([[...train.labels], [...test.labels]]).toEqual([
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
      [3, 4, 5],
    ])
    // Image 7 is 7 in red, 17 in green and 27 in blue.
    expect([0, 1023, 1024, 3071].map((i) => train.images[7 * 3072 + i])).toEqual([7, 7, 17, 27])
    const inside = await add(join(path, 'cifar-10-batches-bin'))
    const packed = await add(archive('cifar-10-binary.tar.gz', tarGzFile(cifar10Files())))
    expect([inside.card.checksum, packed.card.checksum]).toEqual([card.checksum, card.checksum])
  })

  const bad: [string, (files: Record<string, Uint8Array>) => void, string][] = [
    [
      'a batch is cut off',
      (files) => (files['data_batch_2.bin'] = files['data_batch_2.bin'].subarray(0, 4000)),
      'data_batch_2.bin',
    ],
    ['a batch is empty', (files) => (files['test_batch.bin'] = new Uint8Array(0)), 'test_batch.bin'],
    [
      'a label is none',
      (files) => (files['data_batch_1.bin'] = files['data_batch_1.bin'].fill(10, 0, 1)),
      'data_batch_1.bin',
    ],
  ]
  it.each(bad)('is refused where %s', async (_what, change, name) => {
    const files = cifar10Files('')
    change(files)
    const path = folder(files)
    await expect(add(path)).rejects.toThrow(join(path, name))
  })
})

it('a damaged HDF5 file is told in one sentence, and nothing else is printed', async () => {
  const { files } = smallSets.find(({ name }) => name === 'SHD')!
  const path = archive('shd_train.h5', files['shd_train.h5'].subarray(0, 3000))
  const workspace = join(root, `workspace-${++runs}`)
  const { stderr, stdout } = await spikedesk(['datasets', 'add', path, '--workspace', workspace])
  expect(stdout).toBe('')
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringContaining(`${path} cannot be read as an HDF5 file`),
  ])
})
