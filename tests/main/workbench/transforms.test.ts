import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodingTables } from '../../../src-shared/encodingTables.ts'
import { defaultValues } from '../../../src-shared/fields.ts'
import { transformTables, type TransformKind } from '../../../src-shared/transformTables.ts'
import { atisBytes } from '../../corpus/recordingFiles.ts'
import { startHost, type TestHost } from './testHost.ts'
import { TestPage } from './testPage.ts'

let host: TestHost
let page: TestPage
let events: string

/** Events on a sensor of 10 × 10 pixels, one a millisecond, moving along the diagonal. */
const diagonal = Array.from({ length: 10 }, (_, i) => ({ x: i, y: i, t: 1000 * i, p: i & 1 }))

beforeAll(async () => {
  host = await startHost()
  page = await TestPage.open(host.url)
  const folder = join(host.folder, 'diagonal')
  for (const split of ['train', 'test']) {
    mkdirSync(join(folder, split, 'a'), { recursive: true })
    writeFileSync(join(folder, split, 'a', '1.bin'), atisBytes(diagonal))
  }
  events = (await page.request('datasets.import', { job: 'i', path: folder, settings: {} })).id
}, 60_000)
afterAll(() => host.close())

const transform = (kind: TransformKind, params: Record<string, number | string | boolean> = {}) => ({
  kind,
  params: { ...defaultValues(transformTables[kind].fields), ...params },
})
const frames = (params: Record<string, number | string | boolean>) => ({
  kind: 'frames' as const,
  params: { ...defaultValues(encodingTables.frames.fields), ...params } as Record<
    string,
    number | string | boolean
  >,
})
const constant = { kind: 'constant' as const, params: { gain: 1, offset: 0 } }
const wish = { split: 'train' as const, index: 0, timeSteps: 4, seed: 1, epoch: 1 }

describe('transforms.preview', () => {
  test('tells what each transform leaves of a recording', async () => {
    const found = await page.request('transforms.preview', {
      ...wish,
      ...{ id: events, encoding: constant },
      transforms: [transform('centerCrop', { width: 4, height: 6 }), transform('mergePolarities')],
    })
    expect(found.before).toMatchObject({ shape: [2, 10, 10], events: 10, least: 0, largest: 1 })
    expect(found.steps).toEqual([
      { shape: [2, 6, 4], events: 4, applied: true },
      { shape: [1, 6, 4], events: 4, applied: true },
    ])
    expect(found.after).toMatchObject({ shape: [1, 6, 4], events: 4 })
    expect(found.after.values.reduce((sum, value) => sum + value, 0)).toBe(4)
    expect(found.binned).toBeNull()
  })

  test('counts what an encoding drops: the tail of a recording', async () => {
    const encoding = frames({ slicing: 'timeWindow', window: 2000 })
    const found = await page.request('transforms.preview', {
      ...wish,
      ...{ id: events, encoding, transforms: [], timeSteps: 2 },
    })
    expect(found.binned).toMatchObject({ timeSteps: 2, place: 0 })
    const { kept, time } = found.binned ?? { kept: 0, time: 0 }
    expect(kept + time).toBe(10)
    expect(time).toBeGreaterThan(0)
  })

  test('says which transforms leave a test sample as it is, and draws anew in every epoch', async () => {
    const request = (split: 'train' | 'test', epoch: number) =>
      page.request('transforms.preview', {
        ...wish,
        ...{ id: 'digits', split, epoch, encoding: constant },
        transforms: [transform('randomShift', { x: 9, y: 9 }), transform('resize', { width: 14, height: 7 })],
      })
    const [first, again, second] = [
      await request('train', 1),
      await request('train', 1),
      await request('train', 2),
    ]
    expect(first.steps).toEqual([
      { shape: [1, 28, 28], events: null, applied: true },
      { shape: [1, 7, 14], events: null, applied: true },
    ])
    expect([...again.after.values]).toEqual([...first.after.values])
    expect([...second.after.values]).not.toEqual([...first.after.values])
    expect((await request('test', 1)).steps[0].applied).toBe(false)
  })

  test('shows an image before and after, with its range', async () => {
    const found = await page.request('transforms.preview', {
      ...wish,
      ...{ id: 'digits', encoding: constant },
      transforms: [transform('normalise', { mean: '0.5', deviation: '0.5' })],
    })
    expect(found.before).toMatchObject({ shape: [1, 28, 28], least: 0, events: null })
    expect(found.after.least).toBeCloseTo(-1)
    expect(found.after.largest).toBeCloseTo((found.before.largest / 255 - 0.5) / 0.5)
  })

  test('refuses transforms of the other kind of samples, and samples that are not there', async () => {
    const refused = (part: object) =>
      page.request('transforms.preview', {
        ...wish,
        id: 'digits',
        encoding: constant,
        transforms: [],
        ...part,
      })
    await expect(refused({ transforms: [transform('denoise')] })).rejects.toMatchObject({
      code: 'transform.reads',
    })
    await expect(refused({ index: 8000 })).rejects.toMatchObject({ code: 'sample.range' })
    await expect(refused({ epoch: 0 })).rejects.toMatchObject({ code: 'message.invalid' })
  })
})
