import { onScopeDispose, shallowRef, watch } from 'vue'
import type { NeuronPreview, RequestParams } from '../../../src-shared/contract.ts'
import { useBridge } from '../../bridge/index.ts'

/**
 * What a neuron does with a current, asked for anew on every change. One request is under way at a time and the
 * newest wish wins. `wanted` gives null while something is not valid: the last picture then stays.
 */
export function useNeuronPreview(wanted: () => RequestParams<'model.neuron'> | null) {
  const bridge = useBridge()
  const preview = shallowRef<NeuronPreview | null>(null)
  let busy = false
  let again = false

  async function ask(): Promise<void> {
    again = busy
    const params = wanted()
    if (busy || !params) return
    busy = true
    preview.value = await bridge.request('model.neuron', params).catch(() => null)
    busy = false
    if (again) void ask()
  }

  watch(wanted, ask, { immediate: true, deep: true })
  onScopeDispose(bridge.onStatus((status) => status === 'open' && void ask()))
  return preview
}
