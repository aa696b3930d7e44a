import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { createTraceRequest } from './traceRequest.ts'
import { useTrainingStore } from './training.ts'

/** A run may write many checkpoints a second; the sample is traced at most so often. */
const pause = 1000

/**
 * One test sample through the network as it stands now: traced anew after the checkpoints of the run, while a
 * screen shows it.
 */
export const useLiveSampleStore = defineStore('liveSample', () => {
  const training = useTrainingStore()
  const { trace, error, loading, ask, clear } = createTraceRequest()
  const index = ref(0)
  const shown = ref(false)
  let last = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined

  async function refresh(): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    const run = training.summary
    if (!run?.checkpoint) return
    last = performance.now()
    await ask(run.id, 'test', index.value)
  }

  async function show(next: number): Promise<void> {
    index.value = Math.max(0, Math.trunc(next))
    await refresh()
  }

  watch(
    () => [shown.value, training.summary?.id, training.summary?.checkpointEpoch] as const,
    ([visible, id], before) => {
      const other = id !== before?.[1]
      if (other) clear()
      if (!visible) return
      const wait = other || !before?.[0] ? 0 : Math.max(0, last + pause - performance.now())
      timer ??= setTimeout(() => void refresh(), wait)
    },
    { immediate: true },
  )

  return { index, shown, trace, error, loading, show, refresh }
})
