import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Split } from '../../src-shared/contract.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import { useBridge } from '../bridge/index.ts'
import { useDatasetsStore } from './datasets.ts'
import { useRunsStore } from './runs.ts'
import { createTraceRequest } from './traceRequest.ts'

/** So many samples are looked at for the next wrong one before the search gives up. */
export const wrongSearchLimit = 500

/** The activity of one run's network on one sample. */
export const useActivityStore = defineStore('activity', () => {
  const bridge = useBridge()
  const runs = useRunsStore()
  const datasets = useDatasetsStore()
  const { trace, error, loading, ask, clear } = createTraceRequest()
  const chosen = ref<string | null>(null)
  const split = ref<Split>('test')
  const index = ref(0)
  /** What the run was trained with; null until it has come. */
  const experiment = shallowRef<ExperimentDocument | null>(null)
  /** How many samples the search for a wrong one has looked at; null while none is under way. */
  const searched = ref<number | null>(null)
  let search = 0

  /** Runs that can be looked into, newest first. */
  const candidates = computed(() =>
    runs.list
      .filter(({ checkpoint }) => checkpoint !== null)
      .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
  )
  const run = computed(
    () => candidates.value.find(({ id }) => id === chosen.value) ?? candidates.value[0] ?? null,
  )
  /** How many samples there are to choose from (the index counts within the run's subset); null while the dataset is not known. */
  const total = computed(() => {
    const card = run.value ? datasets.cardOf(run.value.dataset) : undefined
    if (!card) return null
    return Math.max(
      1,
      Math.floor(
        (split.value === 'test' ? card.testCount : card.trainCount) / (experiment.value?.dataset.subset ?? 1),
      ),
    )
  })

  async function refresh(): Promise<void> {
    if (run.value) await ask(run.value.id, split.value, index.value)
    else clear()
  }

  async function show(next: number): Promise<void> {
    searched.value = null
    const last = (total.value ?? Number.POSITIVE_INFINITY) - 1
    index.value = Math.min(Math.max(0, Math.trunc(next)), last)
    await refresh()
  }

  function setSplit(next: Split): Promise<void> {
    split.value = next
    return show(0)
  }

  function random(): Promise<void> {
    return show(Math.floor(Math.random() * (total.value ?? 1)))
  }

  /**
   * Goes to the next sample that the network gets wrong, looking at no more than `wrongSearchLimit`. Any other
   * choice of a sample ends the search.
   *
   * @returns whether one was `found`, there was `none`, or the search was `ended` before
   */
  async function nextWrong(): Promise<'found' | 'none' | 'ended'> {
    const from = index.value
    const count = total.value
    if (!run.value || count === null) return 'ended'
    const turn = ++search
    searched.value = 0
    for (let step = 1; step <= Math.min(count - 1, wrongSearchLimit); step++) {
      searched.value = step
      index.value = (from + step) % count
      const found = await ask(run.value.id, split.value, index.value)
      if (searched.value === null || turn !== search) return 'ended'
      if (!found) break
      if (found.prediction !== found.label) {
        searched.value = null
        return 'found'
      }
    }
    searched.value = null
    return error.value === null ? 'none' : 'ended'
  }

  watch(
    () => [run.value?.id, run.value?.checkpointEpoch] as const,
    async ([id], before) => {
      if (id === undefined) return clear()
      if (id !== before?.[0]) {
        searched.value = null
        clear()
        experiment.value = null
        try {
          const found = await bridge.request('runs.detail', { run: id })
          if (run.value?.id !== id) return
          experiment.value = found.experiment
          if (total.value !== null) index.value = Math.min(index.value, total.value - 1)
        } catch (thrown) {
          error.value = thrown
          return
        }
      }
      await refresh()
    },
    { immediate: true },
  )

  return {
    candidates,
    run,
    chosen,
    split,
    index,
    total,
    experiment,
    trace,
    error,
    loading,
    searched,
    show,
    setSplit,
    random,
    nextWrong,
    cancelSearch: () => (searched.value = null),
    refresh,
  }
})
