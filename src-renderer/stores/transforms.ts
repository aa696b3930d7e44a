import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { TransformSettings } from '../../src-shared/experiment.ts'
import { checkFields } from '../../src-shared/fields.ts'
import { transformTables } from '../../src-shared/transformTables.ts'
import { useExperimentStore } from './experiment.ts'

/** Transforms that are tried on samples before the experiment trains with them. */
export const useTransformsStore = defineStore('transforms', () => {
  const experiment = useExperimentStore()
  const list = shallowRef<readonly TransformSettings[]>(experiment.document.transforms)
  const same = computed(() => JSON.stringify(list.value) === JSON.stringify(experiment.document.transforms))
  const problems = computed(() =>
    list.value.flatMap(({ kind, params }, place) =>
      checkFields(transformTables[kind].fields, params).map(({ key, ...problem }) => ({
        place,
        field: key,
        ...problem,
      })),
    ),
  )

  // What the experiment gets from elsewhere is what is tried next.
  watch(
    () => experiment.document.transforms,
    (now) => (list.value = now),
  )

  /** Has the experiment train with them. */
  function use(): void {
    if (problems.value.length === 0) experiment.setTransforms([...list.value])
  }

  function reset(): void {
    list.value = experiment.document.transforms
  }

  return { list, same, problems, use, reset }
})
