import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { WorkspaceSettings } from '../../src-shared/contract.ts'
import { memoryField, stepMemoryField } from '../../src-shared/experimentFields.ts'
import { checkField, type FieldProblem } from '../../src-shared/fields.ts'
import { useBridge } from '../bridge/index.ts'

type Key = keyof WorkspaceSettings
type Typed = Record<Key, number | string>

export const workspaceFields = { memory: memoryField, stepMemory: stepMemoryField } as const

/** What holds for every run of the workspace: kept by the workbench as soon as it may stand. */
export const useWorkspaceSettingsStore = defineStore('workspaceSettings', () => {
  const bridge = useBridge()
  /** As typed; null before they were read. */
  const typed = ref<Typed | null>(null)
  const error = shallowRef<unknown>(null)

  const problems = computed<FieldProblem[]>(() => {
    const values = typed.value
    if (!values) return []
    return (Object.keys(workspaceFields) as Key[])
      .map((key) => checkField(workspaceFields[key], values[key]))
      .filter((problem) => problem !== null)
  })

  async function load(): Promise<void> {
    try {
      typed.value = await bridge.request('settings.read', {})
      error.value = null
    } catch (thrown) {
      error.value = thrown
    }
  }

  /** Takes a value as typed; where all of them may stand they are kept. */
  async function set(key: Key, value: number | string): Promise<void> {
    if (!typed.value) return
    typed.value = { ...typed.value, [key]: value }
    if (problems.value.length > 0) return
    try {
      await bridge.request('settings.write', {
        memory: Number(typed.value.memory),
        stepMemory: Number(typed.value.stepMemory),
      })
      error.value = null
    } catch (thrown) {
      error.value = thrown
    }
  }

  return { typed, problems, error, load, set }
})
