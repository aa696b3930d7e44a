import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { numbersOf } from '../../../src-shared/encodedValues.ts'
import { encodeSample } from '../../../src-main/encoding/index.ts'
import { encodingTables } from '../../../src-shared/encodingTables.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { targetTables, type TargetKind } from '../../../src-shared/targetTables.ts'
import { atisBytes, someEvents } from '../../corpus/recordingFiles.ts'
import { startHost, tinyExperiment, type TestHost } from './testHost.ts'
import { TestPage } from './testPage.ts'

let host: TestHost
let page: TestPage

beforeAll(async () => {
  host = await startHost()
  page = await TestPage.open(host.url)
})
afterAll(() => host.close())

test('app.info names the workspace and its engines', async () => {
  const info = await page.request('app.info', {})
  expect(info).toMatchObject({ host: 'browser', version: '0.0.0', workspace: host.folder })
  expect(info.engines).toContainEqual(expect.objectContaining({ id: 'reference', unavailable: null }))
})

/** Two classes, four training and two test images of 2 by 2 pixels, as IDX files. */
function writeTinySet(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const [prefix, count] of [
    ['train', 4],
    ['t10k', 2],
  ] as const) {
    const images = [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 2]
    const pixels = Array.from({ length: count * 4 }, (_, i) => i * 10)
    writeFileSync(join(folder, `${prefix}-images-idx3-ubyte`), Uint8Array.from([...images, ...pixels]))
    const labels = Array.from({ length: count }, (_, i) => i % 2)
    writeFileSync(
      join(folder, `${prefix}-labels-idx1-ubyte`),
      Uint8Array.from([0, 0, 8, 1, 0, 0, 0, count, ...labels]),
    )
  }
}

describe('datasets', () => {
  test('lists the bundled digits', async () => {
    const [digits] = await page.request('datasets.list', {})
    expect(digits).toMatchObject({ id: 'digits', trainCount: 8000, testCount: 2000, bundled: true })
  })

  test('shows the samples of a class, a page at a time', async () => {
    const all = await page.request('datasets.samples', {
      id: 'digits',
      split: 'test',
      offset: 0,
      count: 512,
      label: 7,
    })
    const page2 = await page.request('datasets.samples', {
      id: 'digits',
      split: 'test',
      offset: 3,
      count: 2,
      label: 7,
    })
    const [digits] = await page.request('datasets.list', {})
    expect(all.total).toBe(digits.testPerClass[7])
    expect(all.indices.length).toBe(all.total)
    expect([...page2.labels]).toEqual([7, 7])
    expect(page2.indices).toEqual(all.indices.slice(3, 5))
    expect(page2.pixels).toEqual(all.pixels.slice(3 * 784, 5 * 784))
  })

  test('adds a folder, tells every page, and takes it off again', async () => {
    const folder = join(host.folder, 'tiny-set')
    writeTinySet(folder)
    const card = await page.request('datasets.import', { job: 'tiny', path: folder, settings: {} })
    expect(card).toMatchObject({ shape: [1, 2, 2], trainCount: 4, testCount: 2, bundled: false })
    await page.event('datasets.changed', ({ cards }) => cards.some(({ id }) => id === card.id))
    const samples = await page.request('datasets.samples', {
      id: card.id,
      split: 'train',
      offset: 3,
      count: 8,
      label: null,
    })
    expect([...samples.indices, ...samples.labels, ...samples.pixels]).toEqual([3, 1, 120, 130, 140, 150])
    page.events.length = 0
    await page.request('datasets.remove', { id: card.id })
    await page.event('datasets.changed', ({ cards }) => cards.length === 2)
  })

  test('imports recordings, tells how far it is, shows them, and is cancelled without a trace', async () => {
    const folder = join(host.folder, 'recordings')
    for (const [place, count] of Object.entries({ 'train/a': 3, 'train/b': 4, 'test/a': 5, 'test/b': 6 })) {
      mkdirSync(join(folder, place), { recursive: true })
      writeFileSync(join(folder, place, '1.bin'), atisBytes(someEvents(count)))
    }
    const wish = { path: folder, settings: { problems: 'refuse' } }
    const card = await page.request('datasets.import', { job: 'import 1', ...wish })
    expect(card).toMatchObject({ kind: 'events', trainCount: 2, events: { trainEvents: 7, testEvents: 11 } })
    const { progress } = await page.event(
      'datasets.progress',
      ({ job, progress: at }) => job === 'import 1' && at.samples === 4,
    )
    expect(progress).toMatchObject({ path: folder, totalSamples: 4, bytes: 90, totalBytes: 90 })
    const sample = await page.request('datasets.recording', { id: card.id, split: 'train', index: 1 })
    expect([sample.label, [...sample.t]]).toEqual([1, [654, 3654, 6654, 9654]])
    expect((await page.request('datasets.verify', { job: 'verify', id: card.id })).fine).toBe(true)
    const making = page.request('datasets.makeEvents', { job: 'make', id: 'digits', camera: {} })
    const refused = expect(making).rejects.toThrow('was cancelled; nothing was kept of it.')
    await page.event('datasets.progress', ({ job }) => job === 'make')
    await page.request('datasets.cancel', { job: 'make' })
    await refused
    expect(readdirSync(join(host.folder, 'datasets'))).toEqual([card.id])
    await page.request('datasets.remove', { id: card.id })
  })

  test('names every sample over which an import is refused before it fails', async () => {
    const folder = join(host.folder, 'damaged')
    for (const split of ['train', 'test']) {
      mkdirSync(join(folder, split, 'a'), { recursive: true })
      writeFileSync(join(folder, split, 'a', '1.bin'), atisBytes(someEvents(3)))
      writeFileSync(join(folder, split, 'a', '2.bin'), atisBytes(someEvents(3)).subarray(0, 12))
    }
    const wish = { job: 'refused', path: folder, settings: {} }
    await expect(page.request('datasets.import', wish)).rejects.toMatchObject({
      code: 'dataset.importProblems',
    })
    const { refused } = await page.event('datasets.refused', ({ job }) => job === 'refused')
    expect(refused).toMatchObject({ path: folder, samples: 4 })
    expect(refused.findings).toMatchObject([{ kind: 'unreadable', samples: 2 }])
    expect(refused.findings[0].names.every((name) => name.endsWith('2.bin'))).toBe(true)
  })

  test('takes files that a page hands over, and deletes them with their dataset', async () => {
    const send = async (job: string, name: string, files: Record<string, Uint8Array>): Promise<string> => {
      const total = Object.values(files).reduce((sum, { length }) => sum + length, 0)
      const plan = { job, name, files: Object.keys(files).length, bytes: total }
      await page.request('datasets.uploadBegin', plan)
      const parts = Object.entries(files).map(([path, bytes]) => ({ path, offset: 0, bytes }))
      await page.request('datasets.uploadParts', { job, parts })
      return (await page.request('datasets.uploadEnd', { job })).path
    }
    const problemOf = async (id: string) =>
      (await page.request('datasets.list', {})).find((card) => card.id === id)?.problem
    const recording = new Uint8Array(atisBytes(someEvents(5)))
    const recordings = await send('hand over 1', 'handed', {
      'train/a/1.bin': recording,
      'test/a/1.bin': recording,
    })
    const imported = await page.request('datasets.import', { job: 'i', path: recordings, settings: {} })
    expect(imported).toMatchObject({ name: 'handed', path: null, trainCount: 1, bundled: false })
    expect(readdirSync(join(host.folder, 'uploads'))).toEqual([])
    expect(await problemOf(imported.id)).toBeNull()

    writeTinySet(join(host.folder, 'tiny-source'))
    const tiny = Object.fromEntries(
      readdirSync(join(host.folder, 'tiny-source')).map((name) => [
        name,
        new Uint8Array(readFileSync(join(host.folder, 'tiny-source', name))),
      ]),
    )
    const images = await send('hand over 2', 'tiny', tiny)
    const read = await page.request('datasets.import', { job: 'j', path: images, settings: {} })
    await page.request('datasets.uploadDiscard', { job: 'hand over 2' })
    expect(await problemOf(read.id)).toBeNull()
    for (const { id } of [imported, read]) await page.request('datasets.remove', { id })
    expect(readdirSync(join(host.folder, 'uploads'))).toEqual([])
    await expect(
      page.request('datasets.uploadBegin', { job: 'k', name: '..', files: 1, bytes: 1 }),
    ).rejects.toMatchObject({ code: 'upload.name' })
  })

  test('tells how far the making of the bundled events is, and ends it without a trace', async () => {
    const before = readdirSync(join(host.folder, 'datasets'))
    const making = page.request('datasets.prepare', { job: 'prepare', id: 'digit-events' })
    const refused = expect(making).rejects.toMatchObject({ code: 'dataset.cancelled' })
    const { progress } = await page.event('datasets.progress', ({ job }) => job === 'prepare')
    expect(progress.totalSamples).toBe(10_000)
    await page.request('datasets.cancel', { job: 'prepare' })
    await refused
    expect(readdirSync(join(host.folder, 'datasets'))).toEqual(before)
  })

  test('shows a licence', async () => {
    const licence = await page.request('datasets.licence', { id: 'digits' })
    expect(licence.text).toContain('MIT License')
  })

  test('refuses what is not there, in one sentence', async () => {
    const none = { job: 'none', path: join(host.folder, 'none'), settings: {} }
    await expect(page.request('datasets.import', none)).rejects.toThrow(
      'does not exist; give the path of a folder or file with a dataset.',
    )
    await expect(page.request('datasets.remove', { id: 'digits' })).rejects.toThrow('cannot be removed')
  })
})

const populationDefaults = defaultValues(encodingTables.population.fields) as Record<string, number | string>

describe('encoding.study', () => {
  const wish = { id: 'digits', split: 'train', index: 5, timeSteps: 20, seed: 9 } as const

  test('is what the engine feeds in the first epoch', async () => {
    const encoding = { kind: 'poisson' as const, params: {} }
    const study = await page.request('encoding.study', { ...wish, encoding })
    const stream = { seed: 9, phase: 'train' as const, sample: 5, epoch: 1 }
    const pixels = Uint8Array.from(study.source.values, (value) => Math.round(value * 255))
    expect(numbersOf(study.values)).toEqual(encodeSample(encoding, pixels, 20, stream))
    expect(study.spiking).toBe(true)
    expect(study.report.active).toBeGreaterThan(0)
    expect(study.totals.reduce((sum, value) => sum + value, 0)).toBe(study.report.active)
  })

  test('shows encodings of whole images, and says what does not fit', async () => {
    const params = { ...defaultValues(encodingTables.latency.fields), linear: true, normalize: true }
    const encoding = { kind: 'latency' as const, params: params as Record<string, number | boolean> }
    const preview = await page.request('encoding.study', { ...wish, encoding })
    expect([preview.spiking, preview.totals.every((total) => total === 1)]).toEqual([true, true])
    const slow = { ...encoding, params: { ...encoding.params, normalize: false, tau: 100 } }
    await expect(page.request('encoding.study', { ...wish, encoding: slow })).rejects.toThrow(
      'The last spike of a sample comes at step 99, but 20 time steps are numbered from 0;',
    )
    const fields = { kind: 'population' as const, params: { ...populationDefaults, population: 3 } }
    const { inputShape, values } = await page.request('encoding.study', { ...wish, encoding: fields })
    expect([inputShape, numbersOf(values).length]).toEqual([[3, 28, 28], 20 * 3 * 784])
  })

  test('comes in parts where it is longer than a frame', async () => {
    const encoding = { kind: 'constant' as const, params: { gain: 1, offset: 0 } }
    const preview = await page.request('encoding.study', { ...wish, timeSteps: 1000, encoding })
    const values = numbersOf(preview.values)
    expect(values.length).toBe(784_000)
    expect(values.slice(-784)).toEqual(values.slice(0, 784))
  })

  test('refuses a sample that is not there', async () => {
    const encoding = { kind: 'poisson' as const, params: {} }
    await expect(page.request('encoding.study', { ...wish, index: 8000, encoding })).rejects.toThrow(
      'Sample 8000 is not there; the train split of',
    )
  })
})

describe('encoding.targets', () => {
  const wish = { id: 'digits', split: 'train', index: 5, timeSteps: 8, seed: 9 } as const
  const targetsWith = (kind: TargetKind, params: Record<string, number | boolean | string> = {}) => ({
    kind,
    params: { ...(defaultValues(targetTables[kind].fields) as typeof params), ...params },
  })

  test('says what every output should do for the label of a sample', async () => {
    const { label } = await page.request('encoding.study', {
      ...wish,
      encoding: { kind: 'poisson', params: {} },
    })
    const half = targetsWith('rate', { correctRate: 0.5, offTarget: 0.25 })
    const targets = await page.request('encoding.targets', { ...wish, targets: half })
    expect(targets).toMatchObject({ label, classes: 10, timeSteps: 8, still: false, spiking: false })
    const course = Array.from({ length: 8 }, (_, t) => targets.values[10 * t + label])
    expect(course).toEqual([1, 0.25, 1, 0.25, 1, 0.25, 1, 0.25])

    const early = targetsWith('latency', { normalize: true })
    const latency = await page.request('encoding.targets', { ...wish, targets: early })
    const steps = Array.from({ length: 10 }, (_, output) =>
      Array.from({ length: 8 }, (_, t) => latency.values[10 * t + output]).indexOf(1),
    )
    expect(latency.spiking).toBe(true)
    expect(steps).toEqual(steps.map((_, output) => (output === label ? 0 : 7)))
  })

  test('repeats at every step what does not change', async () => {
    const { still, values, label } = await page.request('encoding.targets', {
      ...wish,
      targets: targetsWith('convert'),
    })
    expect([still, values.length]).toEqual([true, 80])
    values.forEach((value, i) => expect(value).toBe(i % 10 === label ? 1 : 0))
  })

  test('refuses values that do not fit, in one sentence', async () => {
    const refusals = [
      ['rate', { correctRate: 2 }, 'field.range'],
      ['rate', { unknown: 2 }, 'field.unknown'],
      ['rate', { correctRate: 0, incorrectRate: 1 }, 'encoding.targetRates'],
      ['latency', {}, 'encoding.tooLate'],
    ] as [TargetKind, Record<string, number>, string][]
    for (const [kind, params, code] of refusals) {
      const targets = targetsWith(kind, params)
      await expect(page.request('encoding.targets', { ...wish, targets })).rejects.toMatchObject({ code })
    }
    await expect(
      page.request('encoding.targets', { ...wish, index: 8000, targets: targetsWith('rate') }),
    ).rejects.toMatchObject({ code: 'sample.range' })
  })
})

test('model.cost counts parameters, memory and operations', async () => {
  const cost = await page.request('model.cost', { experiment: tinyExperiment() })
  expect(cost.parameters).toBe(7840)
  expect(cost.stepBytes).toBe(Object.values(cost.memory).reduce((sum, bytes) => sum + bytes, 0))
  expect(cost.memory.weights).toBe(4 * 7840)
  expect(cost.memory.copy).toBe(4 * 3 * 7840)
  expect(cost.problem).toBeNull()
  expect(cost.stepFlops).toBeGreaterThan(0)
})

test('a trained run is traced', async () => {
  const { id } = await page.request('training.start', { experiment: tinyExperiment() })
  await page.event('run.changed', (run) => run.id === id && run.state === 'done')
  const trace = await page.request('activity.trace', { run: id, split: 'test', index: 3 })
  expect(trace).toMatchObject({ index: 3, timeSteps: 4 })
  expect(trace.layers.map(({ neurons, spikes }) => [neurons, spikes.length])).toEqual([[10, 40]])
  for (let neuron = 0; neuron < 10; neuron++) {
    const spikes = trace.layers[0].spikes.filter((_, i) => i % 10 === neuron)
    expect(trace.counts[neuron]).toBe(spikes.reduce((sum, spike) => sum + spike, 0))
  }
})
