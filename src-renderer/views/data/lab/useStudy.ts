import { onScopeDispose, shallowRef, watch } from 'vue'
import type { EncodingStudy, RequestParams } from '../../../../src-shared/contract.ts'
import { useBridge } from '../../../bridge/index.ts'

/**
 * The study of an encoded sample, asked for anew on every change. One request is under way at a time and the newest
 * wish wins, so that a slider that is dragged never piles up work. `wanted` gives null while something is not valid:
 * the last study then stays.
 */
export function useStudy(wanted: () => RequestParams<'encoding.study'> | null) {
  const bridge = useBridge()
  const study = shallowRef<EncodingStudy | null>(null)
  const problem = shallowRef<unknown>(null)
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
      study.value = await bridge.request('encoding.study', params)
      problem.value = null
    } catch (error) {
      problem.value = error
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
  return { study, problem }
}
