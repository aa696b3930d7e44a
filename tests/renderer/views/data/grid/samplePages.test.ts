import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'
import type { SamplePage } from '../../../../../src-shared/contract.ts'
import { useSamplePages } from '../../../../../src-renderer/views/data/grid/useSamplePages.ts'
import { freshPage } from '../../../stores/page.fixture.ts'

const pageSize = 10
const samples = 2000

/** Numbers of the pages that were asked for, in order. */
let asked: number[] = []
let answers: (() => void)[] = []
let refuse = false
let scope: EffectScope

function pageOf(offset: number, count: number): SamplePage {
  const indices = Uint32Array.from({ length: Math.min(count, samples - offset) }, (_, i) => offset + i)
  return {
    indices,
    labels: Uint8Array.from(indices, (index) => index % 7),
    pixels: new Uint8Array(4 * indices.length),
    shape: [1, 2, 2],
    total: samples,
  }
}

beforeEach(() => {
  asked = []
  answers = []
  refuse = false
  scope = effectScope()
  freshPage({
    'datasets.samples': ({ offset, count }) => {
      asked.push(offset / pageSize)
      if (refuse) throw new Error('no')
      return new Promise((resolve) => answers.push(() => resolve(pageOf(offset, count))))
    },
  })
})
afterEach(() => scope.stop())

function start() {
  const chosen = ref(0)
  const label = ref<number | null>(null)
  const pages = scope.run(() =>
    useSamplePages(
      () => ({ id: 'digits', split: 'train', label: label.value }),
      () => chosen.value,
      pageSize,
    ),
  )
  return { chosen, label, pages: pages! }
}

/** Answers what was asked until nothing more is. */
async function settle(): Promise<void> {
  for (let round = 0; round < 50; round++) {
    for (const answer of answers.splice(0)) answer()
    await nextTick()
    await new Promise((resolve) => setTimeout(resolve))
  }
}

describe('pages of samples', () => {
  it('come for what is in sight and beside it, with each sample at its place', async () => {
    const { pages } = start()
    expect(asked).toEqual([0])
    await settle()
    expect(asked).toEqual([0, 1])
    expect(pages.total.value).toBe(samples)
    expect(pages.at(13)).toMatchObject({ index: 13, label: 6, offset: 12 })
    expect(pages.at(27)).toBeNull()
    pages.ensure(95, 112)
    await settle()
    expect(asked.slice(2)).toEqual([10, 9, 11, 12, 8])
    expect(pages.at(112)?.index).toBe(112)
  })

  it('are asked for two at a time, and a scroll over many asks only for where it stops', async () => {
    const { pages } = start()
    await settle()
    asked = []
    for (let position = 0; position < 1900; position += 20) pages.ensure(position, position + 15)
    expect(asked).toEqual([2, 3])
    pages.ensure(1500, 1515)
    await settle()
    expect(asked).toEqual([2, 3, 150, 151, 152, 149])
  })

  it('hold the chosen sample wherever the rest has gone', async () => {
    const { pages, chosen } = start()
    await settle()
    chosen.value = 1999
    await nextTick()
    pages.ensure(700, 715)
    await settle()
    expect(pages.at(1999)?.index).toBe(1999)
    expect(pages.at(715)?.index).toBe(715)
  })

  it('begin anew with another filter; a late answer to the old one is not taken', async () => {
    const { pages, label } = start()
    label.value = 3
    await nextTick()
    expect(asked).toEqual([0, 0])
    answers[0]()
    await nextTick()
    expect(pages.total.value).toBeNull()
    await settle()
    expect(pages.total.value).toBe(samples)
  })

  it('say once what is wrong and do not ask again and again', async () => {
    refuse = true
    const { pages } = start()
    await expect.poll(() => pages.problem.value).toContain('no')
    await settle()
    expect(asked).toEqual([0])
  })
})
