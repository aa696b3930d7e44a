import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { errorSentence } from '../../../src-shared/errors/index.ts'
import { DatasetLibrary } from '../../../src-main/datasets/library.ts'
import { requireImages } from '../../../src-main/datasets/subset.ts'
import { cyclicLabels, idxImages, idxLabels, wholeSet, writeFolder } from '../../corpus/idxFiles.ts'

let root = ''
let workspace = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'spikedesk-library-'))
  workspace = join(root, 'workspace')
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

describe('a library', () => {
  it('knows the bundled digits without a workspace', async () => {
    const library = new DatasetLibrary(null)
    expect((await library.cards()).map(({ id, bundled }) => [id, bundled])).toEqual([['digits', true]])
    expect((await library.open('digits')).train.count).toBe(8000)
    await expect(library.add(root)).rejects.toMatchObject({ code: 'dataset.noRegistry' })
  })

  it('adds a folder once, under an id that another library finds', async () => {
    const path = writeFolder(root, 'My Pictures', wholeSet('.gz'))
    const library = new DatasetLibrary(workspace)
    const card = await library.add(path)
    expect(card).toMatchObject({
      id: 'my-pictures',
      name: 'My Pictures',
      path,
      trainPerClass: [2, 2, 2],
      bundled: false,
    })
    expect(await library.add(`${path}/`)).toEqual(card)
    const other = new DatasetLibrary(workspace)
    expect((await other.cards()).map(({ id }) => id)).toEqual(['digits', 'digit-events', 'my-pictures'])
    const dataset = await other.open('my-pictures')
    expect([...dataset.test.labels]).toEqual([0, 1, 2])
    expect(await other.card('my-pictures')).toEqual(card)
    expect((await other.open(path)).id).toBe('my-pictures')
    expect(readdirSync(workspace)).toEqual(['datasets.json'])
  })

  it('gives every dataset an id of its own', async () => {
    const library = new DatasetLibrary(workspace)
    const folders = ['a/set', 'b/set', 'c/digits'].map((name) => writeFolder(root, name, wholeSet()))
    const cards = await Promise.all(folders.map((folder) => library.add(folder)))
    expect(cards.map(({ id }) => id).sort()).toEqual(['digits-2', 'set', 'set-2'])
    expect(await library.cards()).toHaveLength(5)
  })

  it('opens a path that was never added, decodes it once, and again after a change', async () => {
    const path = writeFolder(root, 'set', wholeSet())
    const library = new DatasetLibrary(null)
    const first = requireImages(await library.open(path))
    expect(requireImages(await library.open(path)).train.images).toBe(first.train.images)
    writeFileSync(join(path, 'train-images-idx3-ubyte'), idxImages(7))
    writeFileSync(join(path, 'train-labels-idx1-ubyte'), idxLabels(cyclicLabels(7)))
    expect((await library.open(path)).train.count).toBe(7)
  })

  it('keeps the card of a dataset that moved or was damaged, and says why', async () => {
    const path = writeFolder(root, 'set', wholeSet())
    const library = new DatasetLibrary(workspace)
    const card = await library.add(path)
    writeFileSync(join(path, 'train-images-idx3-ubyte'), idxImages(6).subarray(0, 40))
    const damaged = await library.card('set')
    expect(damaged).toMatchObject({
      id: 'set',
      trainCount: 6,
      checksum: card.checksum,
      problem: { code: 'dataset.truncated' },
    })
    renameSync(path, join(root, 'elsewhere'))
    const [, , moved] = await library.cards()
    expect(moved.problem && errorSentence(moved.problem.code, moved.problem.data)).toBe(
      `${path} does not exist; give the path of a folder or file with a dataset.`,
    )
    renameSync(join(root, 'elsewhere'), path)
    writeFileSync(join(path, 'train-images-idx3-ubyte'), idxImages(6))
    expect(await library.card('set')).toEqual(card)
  })

  it('adds nothing that does not open', async () => {
    const library = new DatasetLibrary(workspace)
    await expect(library.add(writeFolder(root, 'empty', {}))).rejects.toMatchObject({
      code: 'dataset.noImagesInFolder',
    })
    expect(await library.cards()).toHaveLength(2)
  })

  it('removes from the list, never from the disk', async () => {
    const path = writeFolder(root, 'set', wholeSet())
    const library = new DatasetLibrary(workspace)
    await library.add(path)
    await library.remove('set')
    expect(await library.cards()).toHaveLength(2)
    expect(readdirSync(path)).toHaveLength(4)
    await expect(library.remove('set')).rejects.toMatchObject({ code: 'dataset.unknown' })
    await expect(library.remove('digits')).rejects.toMatchObject({ code: 'dataset.bundled' })
  })

  it('lists what is known where an id is not', async () => {
    await expect(new DatasetLibrary(workspace).open('mnits')).rejects.toThrow(
      'No dataset is called "mnits"; known are: digits, digit-events. Give one of these, or the path of a folder or file.',
    )
  })

  it('names a handful of many known ids where an id is not known, and says where all are', async () => {
    const library = new DatasetLibrary(workspace)
    for (let i = 0; i < 6; i++) await library.add(writeFolder(root, `set${i}`, wholeSet()))
    await expect(library.open('mnits')).rejects.toThrow(
      'known are: digits, digit-events, set0, set1, set2, set3, … (8 in all, see "spikedesk datasets list"). Give',
    )
  })
})

describe('datasets.json', () => {
  const broken: [string, string, string][] = [
    ['half written', '{"version":1,', 'it is not JSON'],
    [
      'another document',
      '{"version":1,"datasets":{}}',
      'datasets: Invalid input: expected array, received object',
    ],
  ]
  it.each(broken)('%s is not overwritten', async (_name, text, detail) => {
    mkdirSync(workspace)
    const file = join(workspace, 'datasets.json')
    writeFileSync(file, text)
    const library = new DatasetLibrary(workspace)
    const sentence = `${file} is not a list of datasets: ${detail}. Move the file away to start a new list.`
    await expect(library.add(writeFolder(root, 'set', wholeSet()))).rejects.toThrow(sentence)
    await expect(library.cards()).rejects.toThrow(sentence)
    expect(readFileSync(file, 'utf8')).toBe(text)
    expect((await library.open('digits')).test.count).toBe(2000)
  })

  it('of a later version is left to a later program', async () => {
    mkdirSync(workspace)
    writeFileSync(join(workspace, 'datasets.json'), '{"version":3,"datasets":[]}')
    await expect(new DatasetLibrary(workspace).cards()).rejects.toMatchObject({
      code: 'registry.version',
      data: { found: 3, known: 2 },
    })
  })

  it('that cannot be written is said plainly, and nothing is left behind', async () => {
    writeFileSync(workspace, 'a file where the folder should be')
    const adding = new DatasetLibrary(join(workspace, 'inner')).add(writeFolder(root, 'set', wholeSet()))
    await expect(adding).rejects.toMatchObject({ code: 'registry.damaged' })
    const blocked = join(root, 'blocked')
    mkdirSync(join(blocked, `datasets.json.${process.pid}.tmp`), { recursive: true })
    const library = new DatasetLibrary(blocked)
    await expect(library.add(join(root, 'set'))).rejects.toMatchObject({ code: 'registry.unwritable' })
    await expect(library.cards()).resolves.toHaveLength(2)
  })
})
