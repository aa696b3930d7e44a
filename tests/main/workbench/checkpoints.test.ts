import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeTorch } from '../../../src-main/checkpoints/writers/torchWriter.ts'
import { filled, leakyState, ramp, stateDict, tensor } from '../checkpoints/trees.ts'
import { startHost, type TestHost } from './testHost.ts'
import { TestPage } from './testPage.ts'

/** Checkpoint files through the contract, from a page to the compute process and back. */

let host: TestHost
let page: TestPage
let path: string
const answers = { timeSteps: 5 }

beforeAll(async () => {
  host = await startHost()
  page = await TestPage.open(host.url)
  path = join(host.folder, 'dense.pth')
  const weight = ramp(10, 784)
  writeTorch(path, stateDict({ 'fc1.weight': weight, 'fc1.bias': filled(0, 10), ...leakyState('lif1') }))
})
afterAll(() => host.close())

test('a file opens with its tree, its network and its questions', async () => {
  const opened = await page.request('checkpoints.open', { path, dataset: 'digits' })
  expect(opened).toMatchObject({ name: 'dense.pth', format: 'torch', problem: null })
  expect(opened.rows.map((row) => row.path.join('.'))).toContain('fc1.weight')
  expect(opened.network?.questions.map(({ id }) => id)).toContain('timeSteps')
  expect(opened.graph).toBeNull()
  const weights = opened.network?.parameters.filter(({ layer }) => layer === 'fc1')
  expect(weights).toEqual([
    { layer: 'fc1', name: 'weight', shape: [10, 784], learnable: true, range: null },
    { layer: 'fc1', name: 'bias', shape: [10], learnable: true, range: null },
  ])
  const beta = Math.fround(0.9)
  expect(opened.network?.parameters).toContainEqual({
    ...{ layer: 'lif1', name: 'beta', shape: [], learnable: false },
    range: { min: beta, max: beta },
  })
  const answered = await page.request('checkpoints.answer', { path, answers, dataset: null })
  expect(answered.experiment.timeSteps).toBe(5)
  const missing = page.request('checkpoints.open', { path: join(host.folder, 'none.pth'), dataset: null })
  await expect(missing).rejects.toThrow(/does not exist/)
})

test('its network is evaluated, traced, compared and written', async () => {
  const asked = { path, answers, dataset: 'digits', timeSteps: null }
  const result = await page.request('checkpoints.evaluate', { ...asked, job: 'first' })
  expect(result).toMatchObject({ total: 2000, timeSteps: 5 })
  const counted = result.confusion.map((row) => row.map(() => 0))
  result.labels.forEach((label, i) => counted[label][result.predictions[i]]++)
  expect(counted).toEqual(result.confusion)
  const progress = await page.event('checkpoints.progress', ({ job }) => job === 'first')
  expect(progress).toMatchObject({ total: 2000, seen: expect.any(Number) })
  const trace = await page.request('checkpoints.trace', { ...asked, split: 'test', index: 3 })
  expect(trace).toMatchObject({ index: 3, timeSteps: 5 })
  expect(trace.layers[0].membrane).toHaveLength(50)
  const to = join(host.folder, 'copy.safetensors')
  const wish = { path, answers, format: 'safetensors', to } as const
  const written = await page.request('checkpoints.export', { ...wish, overwrite: false })
  expect(written).toMatchObject({ path: to, notes: [] })
  const again = await page.request('checkpoints.evaluate', {
    ...{ ...asked, job: 'again', path: to, answers: {} },
  })
  expect(again.confusion).toEqual(result.confusion)
  const both = { first: path, second: to }
  const comparison = await page.request('checkpoints.compare', both)
  const close = await page.request('checkpoints.compareTensor', { ...both, tensor: 'fc1.weight' })
  expect(comparison.changes.every(({ equal }) => equal)).toBe(true)
  expect(comparison.onlyFirst).toEqual(['lif1.graded_spikes_factor', 'lif1.reset_mechanism_val'])
  expect(close.spectra?.first).toHaveLength(10)
  expect(close.histogram).toMatchObject({ min: 0, max: 0 })
  await expect(page.request('checkpoints.compareTensor', { ...both, tensor: 'none' })).rejects.toMatchObject({
    code: 'tensor.unknown',
  })
  await expect(page.request('checkpoints.export', { ...wish, overwrite: false })).rejects.toMatchObject({
    code: 'export.exists',
    data: { path: to },
  })
  expect(await page.request('checkpoints.export', { ...wish, overwrite: true })).toMatchObject({ path: to })
  const notes = await page.request('checkpoints.exportNotes', { path, answers, format: 'model.json' })
  expect(notes).toEqual([{ phrase: 'note.noWeights' }])
  expect(comparison.settings.map(({ path: at }) => at)).toContain('timeSteps')
})

test('an evaluation ends when it is asked to, and the next one is whole', async () => {
  const asked = { path, answers: { timeSteps: 200 }, dataset: 'digits', timeSteps: null }
  const ended = page.request('checkpoints.evaluate', { ...asked, job: 'ended' })
  await page.request('checkpoints.cancel', { job: 'ended' })
  await expect(ended).rejects.toThrow(/dense\.pth was stopped/)
  await page.request('checkpoints.cancel', { job: 'ended' })
  const whole = await page.request('checkpoints.evaluate', { ...asked, timeSteps: 2, job: 'ended' })
  expect(whole).toMatchObject({ total: 2000, timeSteps: 2 })
})

test('datasets that fit are told from those that do not', async () => {
  const fits = await page.request('checkpoints.datasets', { path, answers })
  expect(fits).toContainEqual({ id: 'digits', problem: null })
  const events = fits.find(({ id }) => id === 'digit-events')
  expect(events?.problem?.code).toBe('encoding.reads')
})

test('others are answered while singular values are computed', async () => {
  const wide = (name: string, shift: number) => {
    const place = join(host.folder, name)
    const values = Float32Array.from({ length: 300 * 320 }, (_, i) => Math.sin(i * i + shift))
    writeTorch(place, stateDict({ 'fc.weight': tensor('float32', [300, 320], values) }))
    return place
  }
  const both = { first: wide('wide1.pth', 1), second: wide('wide2.pth', 2) }
  const done: string[] = []
  const note = (name: string) => () => void done.push(name)
  const spectra = page.request('checkpoints.compareTensor', { ...both, tensor: 'fc.weight' })
  await Promise.all([
    spectra.then(note('spectra')),
    page.request('contents.training', { path }).then(note('training')),
  ])
  expect(done).toEqual(['training', 'spectra'])
  expect((await spectra).spectra?.difference).toHaveLength(300)
})

test('a run goes on from the weights of a file', async () => {
  const { experiment } = await page.request('checkpoints.answer', { path, answers, dataset: null })
  const short = { ...experiment, epochs: 1, dataset: { id: 'digits', subset: 50, limit: 0 } }
  const before = await page.request('checkpoints.evaluate', {
    path,
    answers,
    dataset: 'digits',
    timeSteps: null,
    job: 'before',
  })
  expect(before.total).toBe(2000)
  const run = await page.request('training.start', { experiment: short, weights: { path, answers } })
  const { folder } = await page.request('runs.detail', { run: run.id })
  const first = join(folder, 'checkpoints', 'epoch-0000.safetensors')
  expect(existsSync(first)).toBe(true)
  const { changes } = await page.request('checkpoints.compare', { first: path, second: first })
  expect(changes.every(({ equal }) => equal)).toBe(true)
  await page.request('training.stop', { run: run.id }).catch(() => null)
})
