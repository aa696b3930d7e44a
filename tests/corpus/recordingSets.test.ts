import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encode } from 'fast-png'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { FieldValues } from '../../src-shared/fields.ts'
import { DatasetLibrary } from '../../src-main/datasets/library.ts'
import { requireEvents } from '../../src-main/datasets/subset.ts'
import { writeFolder } from './idxFiles.ts'
import { atisBytes, someEvents, type TestEvent } from './recordingFiles.ts'
import { zipFile, type ZipMember } from './zipFiles.ts'

/** Sets of recordings and pictures that are not in order: each ends in its sentence, with nothing left behind. */

let root = ''
let runs = 0
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'spikedesk-sets-'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

type Files = Record<string, Uint8Array>

/** A small N-MNIST: two recordings a class to train, one to test, each other than all others. */
function digitSet(changes: Record<string, Uint8Array | null> = {}): Files {
  const files: Record<string, Uint8Array | null> = {}
  for (let digit = 0; digit < 10; digit++) {
    files[`Train/${digit}/${digit}.bin`] = atisBytes(someEvents(20 + digit))
    files[`Train/${digit}/${10 + digit}.bin`] = atisBytes(someEvents(40 + digit))
    files[`Test/${digit}/${digit}.bin`] = atisBytes(someEvents(60 + digit))
  }
  const kept = Object.entries({ ...files, ...changes }).filter(([, bytes]) => bytes !== null)
  return Object.fromEntries(kept) as Files
}

async function add(path: string, settings: FieldValues = {}) {
  const workspace = join(root, `workspace-${++runs}`)
  const library = new DatasetLibrary(workspace)
  return { workspace, library, card: await library.add(path, { settings }) }
}

/** The sentence that an import ends with; nothing of it may be left. */
async function refusal(path: string, settings: FieldValues = {}): Promise<string> {
  const workspace = join(root, `workspace-${++runs}`)
  const thrown: unknown = await new DatasetLibrary(workspace)
    .add(path, { settings })
    .catch((error: unknown) => error)
  expect(thrown).toBeInstanceOf(SpikedeskError)
  const left = readdirSync(root).includes(`workspace-${runs}`)
    ? readdirSync(workspace, { recursive: true })
    : []
  expect(left.filter((name) => name !== 'datasets')).toEqual([])
  return (thrown as SpikedeskError).message.replaceAll(path, '@')
}

function folder(files: Files): string {
  return writeFolder(root, `set-${++runs}`, files)
}

function archive(members: readonly ZipMember[]): string {
  const path = join(root, `set-${++runs}.zip`)
  writeFileSync(path, zipFile(members))
  return path
}

const at = (t: number, x = 3): TestEvent => ({ x, y: 4, t, p: 1 })
const backwards = atisBytes([at(5), at(9), at(7), at(8)])
const outside = atisBytes([at(5), at(9, 34), at(11, 200)])

describe('a set of recordings', () => {
  it('is the same from folders and from archives, and mixes its classes', async () => {
    const files = digitSet()
    const fromFolder = await add(folder(files))
    const fromZip = await add(archive(Object.entries(files).map(([name, bytes]) => ({ name, bytes }))))
    expect(fromZip.card.checksum).toBe(fromFolder.card.checksum)
    expect(fromZip.card).toMatchObject({ kind: 'events', shape: [2, 34, 34], trainCount: 20, testCount: 10 })
    expect(fromZip.card.events).toMatchObject({ trainEvents: 690, testEvents: 645, simulated: false })
    const dataset = requireEvents(await fromZip.library.open(fromZip.card.id))
    expect([...dataset.train.labels.subarray(0, 4)]).toEqual([0, 1, 0, 1])
    const { t, x } = dataset.train.recording(2)
    expect([t.length, t[39], x[39]]).toEqual([40, 654 + 3000 * 39, (7 * 39) % 32])
    expect((await fromZip.library.verify(fromZip.card.id)).fine).toBe(true)
    expect(readdirSync(join(fromZip.workspace, 'datasets'))).toEqual([fromZip.card.id])
  })

  it('in an archive within an archive is read there, stored or packed', async () => {
    const inner = zipFile(Object.entries(digitSet()).map(([name, bytes]) => ({ name, bytes })))
    for (const stored of [true, false]) {
      const { card } = await add(archive([{ name: 'parts/inner.zip', bytes: inner, stored }]))
      expect([card.trainCount, card.testCount]).toEqual([20, 10])
    }
  })

  it('takes the last share of each class to test where nothing says the split', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [
        `${i < 10 ? 'cat' : 'dog'}/${i}.bin`,
        atisBytes(someEvents(9 + i)),
      ]),
    )
    const { card } = await add(folder(files), { testShare: 0.2 })
    expect([card.classes, card.trainPerClass, card.testPerClass]).toEqual([
      ['cat', 'dog'],
      [8, 8],
      [2, 2],
    ])
    expect(card.shape).toEqual([2, 24, 32])
  })

  const bad: [string, Record<string, Uint8Array | null>, string][] = [
    [
      'a class is missing',
      { 'Test/3/3.bin': null, 'Test/7/7.bin': null },
      '@ has no test samples of 3, 7; N-MNIST has 10 classes in each split. Copy or download it again, or import it with problems left out.',
    ],
    [
      'a recording is empty',
      { 'Train/2/2.bin': new Uint8Array(0) },
      '@/Train/2/2.bin holds no events, but a recording has at least one; replace it, or leave it out.',
    ],
    [
      'time goes backwards',
      { 'Train/2/2.bin': backwards },
      '@/Train/2/2.bin: time goes backwards (times: 1, first at event 2), but the events of a recording are in the order of time; replace it, or import the set with problems left out or repaired.',
    ],
    [
      'events lie outside',
      { 'Train/2/2.bin': outside },
      '@/Train/2/2.bin has events outside the sensor of 34 × 34 pixels (events: 2, the first at x 34, y 4); replace it, or import the set with problems left out or repaired.',
    ],
    [
      'a file is cut off',
      { 'Train/2/2.bin': atisBytes(someEvents(5)).subarray(0, 23) },
      '@/Train/2/2.bin ends in the middle of an event: 23 bytes are no multiple of the 5 bytes of one. Copy or download it again.',
    ],
    [
      'several are not in order',
      { 'Train/2/2.bin': backwards, 'Test/4/4.bin': outside },
      '@: 2 of its 30 samples cannot be taken as they are; the first, @/Test/4/4.bin, has events outside the sensor. Replace the files (@/Test/4/4.bin, @/Train/2/2.bin), or import the set with problems left out or repaired.',
    ],
  ]
  it.each(bad)('is refused where %s', async (_what, changes, sentence) => {
    expect(await refusal(folder(digitSet(changes)))).toBe(sentence)
  })

  it('is imported with problems left out or repaired, and says which', async () => {
    const changes = {
      'Train/2/2.bin': backwards,
      'Test/4/4.bin': outside,
      'Train/5/5.bin': new Uint8Array(0),
      'Train/6/6.bin': atisBytes(someEvents(69)),
    }
    const path = folder(digitSet(changes))
    const left = await add(path, { problems: 'leaveOut' })
    expect([left.card.trainCount, left.card.testCount]).toEqual([18, 9])
    const summary = ({ findings }: { findings: typeof left.card.findings }): unknown[] =>
      findings.map(({ kind, done, samples, events }) => [kind, done, samples, events])
    expect(summary(left.card)).toEqual([
      ['outside', 'leftOut', 1, 2],
      ['unsorted', 'leftOut', 1, 1],
      ['empty', 'leftOut', 1, 0],
      ['duplicated', 'kept', 1, 0],
    ])
    const mended = await add(path, { problems: 'repair' })
    expect([mended.card.trainCount, mended.card.testCount]).toEqual([19, 10])
    expect(summary(mended.card)).toContainEqual(['unsorted', 'repaired', 1, 1])
    const dataset = requireEvents(await mended.library.open(mended.card.id))
    const index = [...dataset.train.eventCounts].indexOf(4)
    expect([...dataset.train.recording(index).t]).toEqual([5, 7, 8, 9])
  })

  it('is left as it was by an import that is cancelled', async () => {
    const path = folder(digitSet())
    const { library, workspace, card } = await add(path)
    const controller = new AbortController()
    const again = library.add(path, { signal: controller.signal, progress: () => controller.abort() })
    await expect(again).rejects.toThrow(`The import of ${path} was cancelled; nothing was kept of it.`)
    expect(readdirSync(join(workspace, 'datasets'))).toEqual([card.id])
    expect((await library.verify(card.id)).fine).toBe(true)
  })

  it('that is damaged after its import is found out', async () => {
    const { library, workspace, card } = await add(folder(digitSet()))
    const file = join(workspace, 'datasets', card.id, 'train.events')
    const { readFileSync } = await import('node:fs')
    const bytes = readFileSync(file)
    bytes[100] ^= 1
    writeFileSync(file, bytes)
    const { fine, files } = await library.verify(card.id)
    expect([fine, files.filter((each) => !each.fine).map(({ name }) => name)]).toEqual([
      false,
      ['train.events'],
    ])
    writeFileSync(file, bytes.subarray(0, 200))
    expect((await library.card(card.id)).problem).toMatchObject({ code: 'dataset.packedDamaged' })
    await library.remove(card.id)
    expect(readdirSync(join(workspace, 'datasets'))).toEqual([])
  })
})

describe('an archive', () => {
  const recording = atisBytes(someEvents(9))
  const good = { name: 'Train/1/1.bin', bytes: recording }
  const hostile: [string, ZipMember[], string][] = [
    [
      'names a file outside of it',
      [good, { name: '../../etc/1/evil.bin', bytes: recording }],
      '@ is refused: it names a file "../../etc/1/evil.bin" that would lie outside of it, as no archive of data does.',
    ],
    [
      'claims an absurd size',
      [good, { name: 'Train/1/2.bin', bytes: recording, claims: { size: 0xfffffff0 } }],
      '@ is refused: it says that "Train/1/2.bin" unpacks from',
    ],
    [
      'is encrypted',
      [{ ...good, claims: { encrypted: true } }],
      '@: "Train/1/1.bin" in it is encrypted; unpack it with its password first.',
    ],
    [
      'is packed in another way',
      [{ ...good, claims: { method: 93 } }],
      '@: "Train/1/1.bin" in it is packed with method 93, which is not read here; pack it again with deflate.',
    ],
    ['lists a file twice', [good, good], '@ lists "Train/1/1.bin" twice, so the archive is damaged;'],
  ]
  it.each(hostile)('that %s is refused', async (_what, members, sentence) => {
    expect(await refusal(archive(members))).toContain(sentence)
  })

  it('with a damaged file names it', async () => {
    const members = Object.entries(digitSet()).map(([name, bytes]) => ({ name, bytes, stored: true }))
    const path = archive(members)
    const bytes = zipFile(members)
    bytes[60] ^= 1
    writeFileSync(path, bytes)
    expect(await refusal(path)).toContain('" in it is damaged, its content does not match its checksum.')
  })
})

describe('an HDF5 file', () => {
  it('without the groups of SHD says what is missing', async () => {
    const { default: library } = await import('h5wasm/node')
    await library.ready
    const path = join(root, 'shd_train.h5')
    const file = new library.File(path, 'w')
    file.create_dataset({ name: 'labels', data: Uint8Array.of(0, 1) })
    file.close()
    expect(await refusal(path)).toBe(
      '@ has no "spikes/times"; wanted is an HDF5 file as SHD and SSC have it, with spikes/times, spikes/units and labels.',
    )
    writeFileSync(path, Buffer.concat([Buffer.from('894844460d0a1a0a', 'hex'), Buffer.alloc(64, 7)]))
    expect(await refusal(path)).toMatch(/^@ cannot be read as an HDF5 file \(/)
  })
})

describe('a folder of pictures', () => {
  const png = (width: number, value: number): Uint8Array =>
    encode({ width, height: 2, channels: 1, data: new Uint8Array(width * 2).fill(value) })
  const pictures: Files = {
    'train/a/1.png': png(3, 10),
    'train/b/2.png': png(3, 20),
    'test/a/3.png': png(3, 30),
    'test/b/4.png': png(3, 40),
  }

  it('is imported with its classes', async () => {
    const { card, library } = await add(folder(pictures))
    expect(card).toMatchObject({
      kind: 'images',
      shape: [1, 2, 3],
      trainCount: 2,
      classes: ['a', 'b'],
      valueRange: [10, 40],
    })
    const dataset = await library.open(card.id)
    expect(dataset.kind === 'images' && [...dataset.test.images]).toEqual([
      30, 30, 30, 30, 30, 30, 40, 40, 40, 40, 40, 40,
    ])
  })

  it('with an unreadable picture is refused, or imported without it', async () => {
    const path = folder({
      ...pictures,
      'train/a/5.png': png(3, 50).subarray(0, 40),
      'train/a/6.png': png(4, 1),
    })
    expect(await refusal(path)).toContain(
      '2 of its 6 samples cannot be taken as they are; the first, @/train/a/5.png, is damaged.',
    )
    const { card } = await add(path, { problems: 'leaveOut' })
    expect([card.trainCount, card.findings.map(({ kind, names }) => [kind, names])]).toEqual([
      2,
      [
        ['unreadable', [join(path, 'train/a/5.png')]],
        ['size', [join(path, 'train/a/6.png')]],
      ],
    ])
  })
})
