import { shallowRef, watch } from 'vue'
import type { DatasetCard, SamplePage, Split } from '../../../src-shared/contract.ts'
import { useBridge } from '../../bridge/index.ts'
import { errorText } from '../../i18n/errors.ts'

export interface SampleFilter {
  id: string
  split: Split
  /** A class, or null for all. */
  label: number | null
}

/** One sample in its page. */
export interface Sample {
  index: number
  label: number
  page: SamplePage
  /** Where its bytes begin in the page's. */
  offset: number
}

/** Samples that are kept, so that scrolling back asks for nothing. */
const keptSamples = 6144

/** Samples of a page: fewer where each of them is a long recording that has to be read. */
export function pageSizeOf({ events, trainCount, testCount }: DatasetCard): number {
  if (!events) return 128
  const mean = (events.trainEvents + events.testEvents) / Math.max(1, trainCount + testCount)
  return Math.min(128, Math.max(16, Math.round(1_000_000 / Math.max(1, mean))))
}

/** The samples of a filter, asked for page by page as they come into sight; far pages are forgotten. */
export function useSamplePages(filter: () => SampleFilter | null, pageSize = 128) {
  const keptPages = Math.ceil(keptSamples / pageSize)
  const bridge = useBridge()
  const pages = shallowRef<ReadonlyMap<number, SamplePage>>(new Map())
  const total = shallowRef<number | null>(null)
  const problem = shallowRef<string | null>(null)
  const asked = new Set<number>()
  let generation = 0

  function reset(): void {
    generation++
    asked.clear()
    pages.value = new Map()
    total.value = null
    problem.value = null
    if (filter()) void ask(0)
  }

  async function ask(number: number): Promise<void> {
    const wanted = filter()
    if (!wanted || asked.has(number)) return
    asked.add(number)
    const mine = generation
    try {
      const offset = number * pageSize
      const page = await bridge.request('datasets.samples', { ...wanted, offset, count: pageSize })
      if (mine !== generation) return
      total.value = page.total
      const kept = [...pages.value].filter(([known]) => Math.abs(known - number) < keptPages / 2)
      for (const known of pages.value.keys())
        if (Math.abs(known - number) >= keptPages / 2) asked.delete(known)
      pages.value = new Map([...kept, [number, page]])
    } catch (error) {
      asked.delete(number)
      if (mine === generation) problem.value = errorText(error)
    }
  }

  /** Sees to it that the samples at these positions are there or on their way. */
  function ensure(from: number, to: number): void {
    for (let page = Math.floor(from / pageSize); page <= Math.floor(Math.max(from, to) / pageSize); page++) {
      void ask(page)
    }
  }

  /** The sample at a position among those of the filter; null while it is on its way. */
  function at(position: number): Sample | null {
    const page = pages.value.get(Math.floor(position / pageSize))
    const within = position % pageSize
    if (!page || within >= page.indices.length) return null
    const offset = within * page.shape.reduce((product, size) => product * size, 1)
    return { index: page.indices[within], label: page.labels[within], page, offset }
  }

  watch(filter, reset, { immediate: true, deep: true })
  const stop = bridge.onStatus((status) => status === 'open' && reset())

  return { total, problem, ensure, at, stop }
}
