import { computed, inject, type ComputedRef, type InjectionKey } from 'vue'
import type { ModelDocument } from '../../../src-shared/model/document.ts'
import { useActivityStore } from '../../stores/activity.ts'

/** Whose activity is shown: what saved files are named after, and the network, once it is known. */
export interface ActivitySubject {
  name: string
  model: ModelDocument | null
}

/** Given by views that show another network than that of the run on the Activity screen. */
export const subjectKey: InjectionKey<ComputedRef<ActivitySubject>> = Symbol('activity subject')

function runSubject(): ComputedRef<ActivitySubject> {
  const activity = useActivityStore()
  return computed(() => ({
    name: activity.run?.name ?? '',
    model: activity.experiment?.model ?? null,
  }))
}

export function useSubject(): ComputedRef<ActivitySubject> {
  return inject(subjectKey, runSubject, true)
}
