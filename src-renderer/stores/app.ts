import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { AppInfo, EngineInfo } from '../../src-shared/contract.ts'
import { useBridge, type BridgeStatus } from '../bridge/index.ts'
import { errorText } from '../i18n/errors.ts'
import { showToast } from '../ui/toasts.ts'

/** The workbench behind the page: whether it answers, its version, engines and workspace. */
export const useAppStore = defineStore('app', () => {
  const bridge = useBridge()
  const info = shallowRef<AppInfo | null>(null)
  const status = ref<BridgeStatus>(bridge.status)

  async function load(): Promise<void> {
    try {
      info.value = await bridge.request('app.info', {})
    } catch (error) {
      if (status.value === 'open') showToast({ text: errorText(error), kind: 'bad' })
    }
  }

  bridge.onStatus((next) => {
    status.value = next
    if (next === 'open') void load()
  })
  if (bridge.status === 'open') void load()

  function engineOf(id: string): EngineInfo | undefined {
    return info.value?.engines.find((engine) => engine.id === id)
  }

  return { info, status, engineOf }
})
