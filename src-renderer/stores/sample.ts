import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { Split } from '../../src-shared/contract.ts'
import { route } from '../router.ts'
import { useExperimentStore } from './experiment.ts'

/** What is looked at of a sample. */
export type Stage = 'recording' | 'transforms' | 'encoding'

/** Which dataset, filter and sample the Data screen looks at. A link to the screen may name the dataset. */
export const useSampleStore = defineStore('sample', () => {
  const experiment = useExperimentStore()
  const picked = ref<string | null>(null)
  const split = ref<Split>('train')
  const label = ref<number | null>(null)
  const stage = ref<Stage>('encoding')
  /** Place among the samples of the filter. */
  const position = ref(0)
  /** Number of the sample in its split, once it is known. */
  const index = ref<number | null>(null)

  const id = computed({
    get: () => picked.value ?? experiment.document.dataset.id,
    set: (value) => (picked.value = value),
  })
  watch(
    () => (route.value.screen === 'data' ? route.value.query.id : undefined),
    (linked) => linked !== undefined && (picked.value = linked),
    { immediate: true },
  )
  watch(id, () => (label.value = null))
  watch([id, split, label], () => {
    position.value = 0
    index.value = null
  })

  return { id, split, label, position, index, stage }
})
