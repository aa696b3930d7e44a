import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { createTraceRequest } from './traceRequest.ts'
import { useTrainingStore } from './training.ts'

/** One test sample through the network as it stands now: traced anew after every checkpoint of the run. */
export const useLiveSampleStore = defineStore('liveSample', () => {
  const training = useTrainingStore()
  const { trace, error, loading, ask, clear } = createTraceRequest()
  const index = ref(0)

  async function refresh(): Promise<void> {
    const run = training.summary
    if (run?.checkpoint) await ask(run.id, 'test', index.value)
  }

  async function show(next: number): Promise<void> {
    index.value = Math.max(0, Math.trunc(next))
    await refresh()
  }

  watch(
    () => [training.summary?.id, training.summary?.checkpointEpoch] as const,
    ([id], before) => {
      if (id !== before?.[0]) clear()
      void refresh()
    },
    { immediate: true },
  )

  return { index, trace, error, loading, show, refresh }
})
