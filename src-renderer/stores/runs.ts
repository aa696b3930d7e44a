import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { RunDetail, RunSummary } from '../../src-shared/contract.ts'
import { useBridge } from '../bridge/index.ts'
import { runDatasetName } from '../i18n/tables.ts'
import { createRunRecord } from './runRecord.ts'

/** What the table can be sorted by. */
export type RunOrder =
  | 'name'
  | 'state'
  | 'datasetName'
  | 'model'
  | 'bestTestAccuracy'
  | 'lastTestAccuracy'
  | 'lastLoss'
  | 'engine'
  | 'imagesPerSecond'
  | 'seconds'
  | 'createdAt'

/** Sorts by one column; runs that have no value there come last whichever way it goes. */
export function sortRuns(runs: readonly RunSummary[], order: RunOrder, descending: boolean): RunSummary[] {
  const sign = descending ? -1 : 1
  return [...runs].sort((a, b) => {
    const left = a[order]
    const right = b[order]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    const compared =
      typeof left === 'number' && typeof right === 'number'
        ? left - right
        : String(left).localeCompare(String(right), undefined, { numeric: true })
    return compared === 0 ? b.createdAt.localeCompare(a.createdAt) : sign * compared
  })
}

/** Runs in which every word of the query occurs: in the name, state, dataset, model or engine. */
export function searchRuns(runs: readonly RunSummary[], query: string): RunSummary[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return runs.filter((run) => {
    const { name, state, dataset, datasetName, model, engine, id } = run
    const text = [name, state, dataset, datasetName, runDatasetName(run), model, engine, id]
      .join(' ')
      .toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** All runs of the workspace, and everything about the selected one. */
export const useRunsStore = defineStore('runs', () => {
  const bridge = useBridge()
  const record = createRunRecord()
  const list = shallowRef<readonly RunSummary[]>([])
  const loaded = ref(false)
  const error = shallowRef<unknown>(null)
  const query = ref('')
  const order = ref<RunOrder>('createdAt')
  const descending = ref(true)
  const selected = ref<string | null>(null)
  const detail = shallowRef<RunDetail | null>(null)
  const detailError = shallowRef<unknown>(null)

  async function load(): Promise<void> {
    try {
      list.value = await bridge.request('runs.list', {})
      error.value = null
      loaded.value = true
      if (selected.value !== null) await Promise.all([loadDetail(), record.reload()])
    } catch (thrown) {
      error.value = thrown
    }
  }

  async function loadDetail(): Promise<void> {
    const run = selected.value
    if (run === null) return
    try {
      const found = await bridge.request('runs.detail', { run })
      if (run !== selected.value) return
      detail.value = found
      detailError.value = null
    } catch (thrown) {
      if (run === selected.value) detailError.value = thrown
    }
  }

  async function select(run: string | null): Promise<void> {
    if (run === selected.value) return
    selected.value = run
    detail.value = null
    detailError.value = null
    await Promise.all([loadDetail(), record.follow(run)])
  }

  function sortBy(next: RunOrder): void {
    if (order.value === next) descending.value = !descending.value
    else {
      order.value = next
      descending.value = !['name', 'state', 'datasetName', 'model', 'engine', 'lastLoss'].includes(next)
    }
  }

  /** Gives a run another name; the list changes when the workbench says so. */
  async function rename(run: string, name: string): Promise<void> {
    await bridge.request('runs.rename', { run, name })
  }

  bridge.on('run.changed', (changed) => {
    const known = list.value.some(({ id }) => id === changed.id)
    list.value = known
      ? list.value.map((run) => (run.id === changed.id ? changed : run))
      : [changed, ...list.value]
    if (detail.value?.id === changed.id) detail.value = { ...detail.value, ...changed }
  })
  bridge.onStatus((status) => {
    if (status === 'open') void load()
  })
  if (bridge.status === 'open') void load()

  return {
    list,
    loaded,
    error,
    query,
    order,
    descending,
    visible: computed(() => sortRuns(searchRuns(list.value, query.value), order.value, descending.value)),
    selected,
    detail,
    detailError,
    losses: record.losses,
    epochs: record.epochs,
    historyError: record.error,
    load,
    select,
    sortBy,
    rename,
  }
})
