import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { z } from 'zod'
import type { OpenedCheckpoint } from '../../src-shared/checkpointContract.ts'
import type { TreeRow } from '../../src-shared/fileTree.ts'
import { useBridge } from '../bridge/index.ts'
import { readStored, writeStored } from './stored.ts'

export const inspectorTabs = ['contents', 'network', 'compare'] as const
export type InspectorTab = (typeof inspectorTabs)[number]

const mostRecent = 12
const recentSchema = z.array(z.string().min(1).max(4096)).max(100).catch([])

/** The checkpoint file that is looked into, and what of it is on show. */
export const useInspectorStore = defineStore('inspector', () => {
  const bridge = useBridge()
  /** The file that is wanted; it may not have come yet, or be refused. Empty where none is. */
  const path = ref('')
  const file = shallowRef<OpenedCheckpoint | null>(null)
  const error = shallowRef<unknown>(null)
  const loading = ref(false)
  const tab = ref<InspectorTab>('contents')
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
      remember([wanted, ...recent.value.filter((other) => other !== wanted)])
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

  return { path, file, error, loading, tab, chosen, row, recent, open, close, forget }
})
