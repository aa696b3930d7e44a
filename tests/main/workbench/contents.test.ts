import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openCheckpointFile } from '../../../src-main/checkpoints/files/open.ts'
import { dictOf, textNode, type FileNode } from '../../../src-main/checkpoints/files/openedFile.ts'
import { tensorAt, tensorNumbers } from '../../../src-main/checkpoints/files/tensorNumbers.ts'
import { writeTorch } from '../../../src-main/checkpoints/writers/torchWriter.ts'
import { filled, ramp, stateDict } from '../checkpoints/trees.ts'
import { startHost, type TestHost } from './testHost.ts'
import { TestPage } from './testPage.ts'

/** What is in a checkpoint file, through the contract, from a page to the compute process and back. */

let host: TestHost
let page: TestPage
let path: string
const weight = { tensor: ['weights', 'fc1.weight'] }
const matrix = { rows: [0], columns: [1], at: [0, 0] }
const number = (value: number): FileNode => ({ kind: 'scalar', type: 'float', value })

beforeAll(async () => {
  host = await startHost()
  page = await TestPage.open(host.url)
  path = join(host.folder, 'loop.pth')
  const losses: FileNode = {
    kind: 'list',
    type: 'list',
    items: Array.from({ length: 90 }, (_, i) => number(i)),
  }
  const settings = dictOf([
    ['lr', number(0.5)],
    ['note', textNode('x'.repeat(5000))],
  ])
  const tree = dictOf([
    [
      'weights',
      stateDict({ 'fc1.weight': ramp(10, 784), 'fc1.bias': filled(0, 10), 'k.weight': ramp(4, 3, 2, 2) }),
    ],
    ['settings', settings],
    ['losses', losses],
  ])
  writeTorch(path, tree)
})
afterAll(() => host.close())

test('a tensor is shown with its facts, its histogram and any part of its values', async () => {
  const facts = await page.request('contents.tensor', { path, ...weight })
  expect(facts).toMatchObject({ shape: [10, 784], type: 'float32', bytes: 31360 })
  expect(facts.statistics).toMatchObject({ count: 7840, nan: 0, infinite: 0, zeros: 0, distinct: 7840 })
  const { counts, min, max } = await page.request('contents.histogram', { path, ...weight, bins: 7 })
  expect([min, max]).toEqual([facts.statistics?.min, facts.statistics?.max])
  expect([...counts]).toEqual(Array.from({ length: 7 }, () => 1120))
  const window = { row: 9, column: 780, rows: 4, columns: 8 }
  const part = await page.request('contents.values', { path, ...weight, slice: matrix, ...window })
  expect(part).toMatchObject({ row: 9, column: 780, rows: 1, columns: 4, allRows: 10, allColumns: 784 })
  expect(Array.from(part.values, (value) => Math.round(value * 100))).toEqual([7837, 7838, 7839, 7840])
  const bias = await page.request('contents.tensor', { path, tensor: ['weights', 'fc1.bias'] })
  expect(bias).toMatchObject({ rows: null, statistics: { zeros: 10, distinct: 1 } })
})

test('a heat map shows a part of any slice, and kernels are cut into pictures', async () => {
  const whole = { row: 0, column: 0, rows: 10, columns: 784 }
  const map = await page.request('contents.heatMap', { path, ...weight, slice: matrix, ...whole, most: 256 })
  expect([map.tall, map.wide, map.values.length]).toEqual([10, 256, 2560])
  const kernel = { path, tensor: ['weights', 'k.weight'] }
  const pictures = { first: 3, count: 2, height: 2, width: 2 }
  const found = await page.request('contents.pictures', { ...kernel, ...pictures })
  expect(found).toMatchObject({ total: 12, first: 3, count: 2 })
  const [one] = found.values
  const slice = { rows: [2], columns: [3], at: [1, 0, 0, 0] }
  const window = { row: 0, column: 0, rows: 2, columns: 2 }
  const same = await page.request('contents.values', { ...kernel, slice, ...window })
  expect(Math.fround(same.values[0])).toBe(one)
  const wrong = page.request('contents.values', {
    ...kernel,
    slice: { ...slice, at: [4, 0, 0, 0] },
    ...window,
  })
  await expect(wrong).rejects.toThrow('The tensor "weights.k.weight" has the shape 4×3×2×2')
})

test('what training left beside the weights is found', async () => {
  const { settings, histories } = await page.request('contents.training', { path })
  expect(settings[0]).toEqual({ path: ['settings', 'lr'], type: 'float', text: '0.5' })
  expect(settings).toHaveLength(2)
  expect(histories.map(({ name, values }) => [name, values.length])).toEqual([['losses', 90]])
  expect((await page.request('contents.numbers', { path, at: ['losses'] }))?.at(89)).toBe(89)
  expect(await page.request('contents.numbers', { path, at: ['settings'] })).toBeNull()
  const text = await page.request('contents.text', { path, at: ['settings', 'note'] })
  expect(text).toEqual({ text: 'x'.repeat(5000), length: 5000 })
  await expect(page.request('contents.text', { path, at: ['none'] })).rejects.toThrow(/holds no/)
})

test('a tensor is written whole, and the same file comes in parts', async () => {
  for (const format of ['npy', 'csv'] as const) {
    const to = join(host.folder, `weight.${format}`)
    await page.request('contents.export', { path, ...weight, format, to, overwrite: false })
    const parts: Uint8Array[] = []
    let count = 1
    while (parts.length < count) {
      const found = await page.request('contents.filePart', { path, ...weight, format, part: parts.length })
      count = found.parts
      parts.push(found.bytes)
    }
    expect(Buffer.concat(parts).equals(readFileSync(to))).toBe(true)
  }
  const csv = readFileSync(join(host.folder, 'weight.csv'), 'utf8').trimEnd().split('\n')
  expect([csv.length, csv[9].split(',').length]).toEqual([10, 784])
  const array = openCheckpointFile(join(host.folder, 'weight.npy'))
  const original = openCheckpointFile(path)
  expect(tensorNumbers(array, tensorAt(array, []))).toEqual(
    tensorNumbers(original, tensorAt(original, weight.tensor)),
  )
  array.close()
  original.close()
})
