import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cameraSettings } from '../../../src-shared/cameraFields.ts'
import { SimulatedCamera } from '../../../src-main/datasets/camera/simulate.ts'
import { DatasetLibrary } from '../../../src-main/datasets/library.ts'
import { requireEvents } from '../../../src-main/datasets/subset.ts'
import { wholeSet, writeFolder } from '../../corpus/idxFiles.ts'
import { aedat3Bytes, npyBytes, someEvents } from '../../corpus/recordingFiles.ts'
import { tarGzFile } from '../../corpus/tarFiles.ts'

let root = ''
let library: DatasetLibrary
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'spikedesk-event-sets-'))
  library = new DatasetLibrary(join(root, 'workspace'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('spoken digits', () => {
  it('are read from HDF5 with their 16-bit times', async () => {
    const folder = join(root, 'spoken')
    mkdirSync(folder)
    for (const split of ['train', 'test'])
      copyFileSync(join(import.meta.dirname, 'spokenDigits.h5'), join(folder, `shd_${split}.h5`))
    const card = await library.add(join(folder, 'shd_train.h5'))
    expect(card).toMatchObject({
      shape: [1, 1, 700],
      trainCount: 3,
      testCount: 3,
      classes: ['zero', 'one', 'two'],
    })
    const { train } = requireEvents(await library.open(card.id))
    expect([...train.labels]).toEqual([0, 2, 1])
    const { t, x, y, p } = train.recording(0)
    // 0.001 is 0.0010004 in 16 bits.
    expect([[...t], [...x], [...y], [...p]]).toEqual([
      [1000, 250_000, 500_000],
      [3, 699, 0],
      [0, 0, 0],
      [1, 1, 1],
    ])
  })
})

describe('DVS128 Gesture', () => {
  const events = someEvents(30)
  const table = Buffer.from('class,startTime_usec,endTime_usec\n3,654,30654\n11,30654,90000\n')
  const published = {
    'DvsGesture/trials_to_train.txt': Buffer.from('user01_led.aedat\n'),
    'DvsGesture/trials_to_test.txt': Buffer.from('user24_lab.aedat\n'),
    'DvsGesture/user01_led.aedat': aedat3Bytes(events),
    'DvsGesture/user01_led_labels.csv': table,
    'DvsGesture/user24_lab.aedat': aedat3Bytes(someEvents(31)),
    'DvsGesture/user24_lab_labels.csv': table,
  }

  it('is cut into its gestures, from a folder and from its archive', async () => {
    const archive = join(root, 'DvsGesture.tar.gz')
    writeFileSync(archive, tarGzFile(published))
    const fromFolder = await library.add(writeFolder(root, 'gestures', published))
    const fromArchive = await library.add(archive)
    expect(fromArchive.checksum).toBe(fromFolder.checksum)
    expect(fromArchive).toMatchObject({ shape: [2, 128, 128], trainCount: 2, testCount: 2 })
    const { train } = requireEvents(await library.open(fromArchive.id))
    expect([[...train.labels], [...train.eventCounts]]).toEqual([
      [2, 10],
      [10, 20],
    ])
    expect([...train.recording(0).t.subarray(0, 2)]).toEqual([0, 3000])
  })

  it('is read from the arrays of tonic, whose times are ms', async () => {
    const rows = Buffer.from(Float64Array.of(7, 15, 1, 0.654, 19, 18, 0, 2.999).buffer)
    const bytes = npyBytes('<f8', [2, 4], rows)
    const folder = writeFolder(root, 'arrays', {
      'ibmGestureTrain/user01_led/0.npy': bytes,
      'ibmGestureTrain/user02_lab/7.npy': bytes,
      'ibmGestureTest/user24_led/10.npy': bytes,
    })
    const card = await library.add(folder)
    expect([card.trainCount, card.testCount, card.findings[0].kind]).toEqual([2, 1, 'duplicated'])
    const { train } = requireEvents(await library.open(card.id))
    expect([[...train.labels], [...train.recording(0).t]]).toEqual([
      [0, 7],
      [654, 2999],
    ])
  })
})

describe('the simulated camera', () => {
  const square = Uint8Array.from({ length: 784 }, (_, i) =>
    Math.abs((i % 28) - 14) < 5 && Math.abs(Math.floor(i / 28) - 14) < 5 ? 255 : 0,
  )
  const camera = (values = {}) =>
    new SimulatedCamera([1, 28, 28], cameraSettings({ noiseRate: 0, ...values }))

  it('sees edges pass: on before, off behind, in the order of time and within three saccades', () => {
    const { t, x, y, p } = camera().record(square, 0, 0)
    expect(t.length).toBeGreaterThan(500)
    expect(t.every((time, i) => i === 0 || time >= t[i - 1])).toBe(true)
    expect(t[t.length - 1]).toBeLessThan(315_000)
    expect(Math.max(...x, ...y)).toBeLessThan(34)
    const on = p.reduce((sum, polarity) => sum + polarity, 0)
    expect(Math.abs(on / t.length - 0.5)).toBeLessThan(0.02)
    // In the third saccade the picture goes left, so its left edge brightens and its right edge darkens.
    const mean = (polarity: number): number => {
      const late = [...x].filter((_, i) => t[i] >= 210_000 && p[i] === polarity)
      return late.reduce((sum, value) => sum + value, 0) / late.length
    }
    expect(mean(1)).toBeLessThan(mean(0) - 4)
  })

  it('answers to its threshold, its refractory time, its noise and its seed', () => {
    const count = (values: object): number => camera(values).record(square, 3, 0).t.length
    expect(count({ threshold: 1 })).toBeLessThan(count({ threshold: 0.5 }) * 0.7)
    expect(count({ refractory: 100_000 })).toBeLessThan(count({}) * 0.7)
    const blank = camera({ noiseRate: 10, seed: 5 }).record(new Uint8Array(784), 3, 0)
    // 34 × 34 pixels, 10 Hz, 0.315 s: 3641 events, give or take four standard deviations.
    expect(Math.abs(blank.t.length - 3641)).toBeLessThan(4 * Math.sqrt(3641))
    expect(camera({ noiseRate: 10, seed: 5 }).record(new Uint8Array(784), 3, 0)).toEqual(blank)
    expect(camera({ noiseRate: 10, seed: 6 }).record(new Uint8Array(784), 3, 0)).not.toEqual(blank)
  })

  it('makes a set of events of any set of images, said to be simulated', async () => {
    const images = await library.add(writeFolder(root, 'images', wholeSet()))
    const card = await library.makeEvents(images.id, { threshold: 0.2 })
    expect(card).toMatchObject({
      id: 'images-events',
      kind: 'events',
      shape: [2, 10, 9],
      trainCount: 6,
      testCount: 3,
    })
    expect([card.events?.simulated, card.origin]).toEqual([
      true,
      expect.stringMatching(/^Simulated: no camera saw/),
    ])
    const { train } = requireEvents(await library.open(card.id))
    expect([...train.labels]).toEqual([0, 1, 2, 0, 1, 2])
    const again = await library.makeEvents(images.id, { threshold: 0.2 })
    expect([again.id, again.checksum]).toEqual([card.id, card.checksum])
    await expect(library.makeEvents(card.id)).rejects.toMatchObject({ code: 'dataset.wantsImages' })
  })
})
