import { shallowRef, watch } from 'vue'
import type { DatasetCard, SamplePage, Split } from '../../../../src-shared/contract.ts'
import { useBridge } from '../../../bridge/index.ts'
import { errorText } from '../../../i18n/errors.ts'

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
/** Requests under way at a time: a scroll over thousands of samples asks for what it stops at, not for all of them. */
const mostAsked = 2

/** Samples of a page: fewer where each of them is a long recording that has to be read. */
export function pageSizeOf({ events, trainCount, testCount }: DatasetCard): number {
  if (!events) return 128
  const mean = (events.trainEvents + events.testEvents) / Math.max(1, trainCount + testCount)
  return Math.min(128, Math.max(16, Math.round(1_000_000 / Math.max(1, mean))))
}

/**
 * The samples of a filter, asked for page by page: the chosen one first, then those in sight, then those beside them.
 * Pages far from what is in sight are forgotten.
 */
export function useSamplePages(
  filter: () => SampleFilter | null,
  /** Position of the sample that is wanted wherever the rest is. */
  chosen: () => number,
  pageSize = 128,
) {
  const reach = Math.ceil(keptSamples / pageSize / 2)
  const bridge = useBridge()
  const pages = shallowRef<ReadonlyMap<number, SamplePage>>(new Map())
  const total = shallowRef<number | null>(null)
  const problem = shallowRef<string | null>(null)
  const asked = new Set<number>()
  let sight: readonly [first: number, last: number] = [0, 0]
  /** The page in the middle of them. */
  let middle = 0
  let generation = 0

  const pageOf = (position: number): number => Math.floor(position / pageSize)

  function reset(): void {
    generation++
    asked.clear()
    sight = [0, 0]
    middle = 0
    pages.value = new Map()
    total.value = null
    problem.value = null
    next()
  }

  /** The page that is wanted most of those that are neither here nor on their way. */
  function missing(): number | null {
    const [first, last] = sight
    const end = total.value === null ? 0 : pageOf(Math.max(0, total.value - 1))
    // From the middle outwards: at either end are rows that only wait to be scrolled in.
    const inSight = Array.from({ length: last - first + 1 }, (_, i) => first + i).sort(
      (a, b) => Math.abs(a - middle) - Math.abs(b - middle),
    )
    const wanted = [pageOf(chosen()), ...inSight, last + 1, first - 1]
    return wanted.find((at) => at >= 0 && at <= end && !pages.value.has(at) && !asked.has(at)) ?? null
  }

  function next(): void {
    const wanted = filter()
    while (wanted && problem.value === null && asked.size < mostAsked) {
      const number = missing()
      if (number === null) return
      void ask(number, wanted)
    }
  }

  function isNear(number: number): boolean {
    const [first, last] = sight
    return (number >= first - reach && number <= last + reach) || number === pageOf(chosen())
  }

  async function ask(number: number, wanted: SampleFilter): Promise<void> {
    asked.add(number)
    const mine = generation
    try {
      const offset = number * pageSize
      const page = await bridge.request('datasets.samples', { ...wanted, offset, count: pageSize })
      if (mine !== generation) return
      total.value = page.total
      pages.value = new Map([...[...pages.value].filter(([known]) => isNear(known)), [number, page]])
    } catch (error) {
      if (mine === generation) problem.value = errorText(error)
    }
    if (mine !== generation) return
    asked.delete(number)
    next()
  }

  /** Sees to it that the samples at these positions are there or on their way, whatever was wanted before. */
  function ensure(from: number, to: number): void {
    sight = [pageOf(from), pageOf(Math.max(from, to))]
    middle = pageOf(Math.max(from, (from + to) / 2))
    next()
  }

  /** The sample at a position among those of the filter; null while it is on its way. */
  function at(position: number): Sample | null {
    const page = pages.value.get(pageOf(position))
    const within = position % pageSize
    if (!page || within >= page.indices.length) return null
    const offset = within * page.shape.reduce((product, size) => product * size, 1)
    return { index: page.indices[within], label: page.labels[within], page, offset }
  }

  watch(filter, reset, { immediate: true, deep: true })
  watch(chosen, next)
  const stop = bridge.onStatus((status) => status === 'open' && reset())

  return { total, problem, ensure, at, stop }
}
