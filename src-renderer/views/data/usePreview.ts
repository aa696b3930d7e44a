import { onScopeDispose, shallowRef, watch } from 'vue'
import type { EncodingPreview, RequestParams } from '../../../src-shared/contract.ts'
import { useBridge } from '../../bridge/index.ts'
import { errorText } from '../../i18n/errors.ts'

/**
 * The encoding of a sample, asked for anew on every change. One request is under way at a time and the newest
 * wish wins, so that a held arrow key never piles up work. `wanted` gives null while something is not valid: the
 * last picture then stays.
 */
export function usePreview(wanted: () => RequestParams<'encoding.preview'> | null) {
  const bridge = useBridge()
  const preview = shallowRef<EncodingPreview | null>(null)
  const problem = shallowRef<string | null>(null)
  let busy = false
  let again = false

  async function ask(): Promise<void> {
    const params = wanted()
    if (!params) return
    if (busy) {
      again = true
      return
    }
    busy = true
    try {
      preview.value = await bridge.request('encoding.preview', params)
      problem.value = null
    } catch (error) {
      problem.value = errorText(error)
    } finally {
      busy = false
      if (again) {
        again = false
        void ask()
      }
    }
  }

  watch(wanted, ask, { immediate: true, deep: true })
  onScopeDispose(bridge.onStatus((status) => status === 'open' && void ask()))
  return { preview, problem }
}
