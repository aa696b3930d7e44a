import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { z } from 'zod'
import type { OpenedCheckpoint } from '../../src-shared/checkpointContract.ts'
import type { TreeRow } from '../../src-shared/fileTree.ts'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { Given } from '../bridge/givenFiles.ts'
import { useBridge } from '../bridge/index.ts'
import { useDatasetJobsStore } from './datasetJobs.ts'
import { handOver } from './handOver.ts'
import { readStored, writeStored } from './stored.ts'

export const inspectorTabs = ['contents', 'network', 'compare'] as const
export type InspectorTab = (typeof inspectorTabs)[number]

/** Ways to look at a tensor. */
export const tensorLooks = ['overview', 'values', 'heatMap', 'pictures'] as const
export type TensorLook = (typeof tensorLooks)[number]

export function isTensorLook(name: string): name is TensorLook {
  return tensorLooks.some((known) => known === name)
}

const mostRecent = 12
const recentSchema = z.array(z.string().min(1).max(4096)).max(100).catch([])

/** The checkpoint file that is looked into, and what of it is on show. */
export const useInspectorStore = defineStore('inspector', () => {
  const bridge = useBridge()
  const jobs = useDatasetJobsStore()
  /** The file that is wanted; it may not have come yet, or be refused. Empty where none is. */
  const path = ref('')
  const file = shallowRef<OpenedCheckpoint | null>(null)
  const error = shallowRef<unknown>(null)
  const loading = ref(false)
  const transfer = ref<string | null>(null)
  /** A given file on its way to the workbench; null while none is. */
  const receiving = computed(() => jobs.jobs.find(({ id }) => id === transfer.value) ?? null)
  const tab = ref<InspectorTab>('contents')
  /** Stays from one tensor to the next. */
  const look = ref<TensorLook>('overview')
  /** Path in the tree of what is shown; the root is empty. */
  const chosen = shallowRef<readonly string[]>([])
  /** Files that were opened last, the newest first. */
  const recent = ref(recentSchema.parse(readStored('inspector.recent')))

  const row = computed((): TreeRow | null => {
    const wanted = chosen.value
    return (
      file.value?.rows.find(
        (candidate) =>
          candidate.path.length === wanted.length && candidate.path.every((key, i) => key === wanted[i]),
      ) ?? null
    )
  })

  /** Copies that the workbench keeps for this session only. */
  const passing = new Set<string>()

  function remember(paths: readonly string[]): void {
    recent.value = paths.slice(0, mostRecent)
    writeStored('inspector.recent', recent.value)
  }

  /** Opens a file, also the one that is open anew; what is wrong with it is `error`. */
  async function open(wanted: string): Promise<boolean> {
    const another = wanted !== path.value
    path.value = wanted
    error.value = null
    loading.value = true
    if (another) {
      file.value = null
      chosen.value = []
    }
    try {
      const found = await bridge.request('checkpoints.open', { path: wanted, dataset: null })
      if (path.value !== wanted) return false
      file.value = found
      if (!passing.has(wanted)) remember([wanted, ...recent.value.filter((other) => other !== wanted)])
      return true
    } catch (thrown) {
      if (path.value === wanted) {
        file.value = null
        error.value = thrown
      }
      return false
    } finally {
      if (path.value === wanted) loading.value = false
    }
  }

  /**
   * Where a given file lies; one that the host does not tell the place of is handed to the workbench first. Null
   * where that fails, and `error` says why, and where it is cancelled.
   */
  async function receive(read: () => Promise<Given>): Promise<string | null> {
    loading.value = true
    error.value = null
    try {
      const given = await read()
      if (given.kind === 'path') return given.path
      const { name, files } = given
      if (files.length !== 1) throw new SpikedeskError('drop.notOne', { name, count: files.length })
      const control = new AbortController()
      const place = await jobs.run(
        'handOver',
        name,
        (job, progress) => {
          transfer.value = job
          return handOver(bridge, { job, name, files, signal: control.signal, progress })
        },
        () => control.abort(),
      )
      if (place !== null) passing.add(place)
      return place
    } catch (thrown) {
      const cancelled = thrown instanceof SpikedeskError && thrown.code === 'dataset.cancelled'
      if (!cancelled) error.value = thrown
      return null
    } finally {
      transfer.value = null
      loading.value = false
    }
  }

  function close(): void {
    path.value = ''
    file.value = null
    error.value = null
    loading.value = false
    chosen.value = []
  }

  function forget(gone: string): void {
    remember(recent.value.filter((other) => other !== gone))
  }

  return {
    path,
    file,
    receiving,
    receive,
    error,
    loading,
    tab,
    look,
    chosen,
    row,
    recent,
    open,
    close,
    forget,
  }
})
