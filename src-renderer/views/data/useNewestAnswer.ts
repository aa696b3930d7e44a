import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import type { RequestName, RequestParams, RequestResult } from '../../../src-shared/contract.ts'
import { useBridge } from '../../bridge/index.ts'

/**
 * The answer to a request, asked for anew on every change of its parameters. One is under way at a time and the newest
 * wish wins, so that a slider that is dragged or a key that is held never piles up work. `wanted` gives null while
 * something is not valid: the last answer then stays, as it does beside a problem.
 */
export function useNewestAnswer<Name extends RequestName>(
  name: Name,
  wanted: () => RequestParams<Name> | null,
) {
  const bridge = useBridge()
  const answer: ShallowRef<RequestResult<Name> | null> = shallowRef(null)
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
      answer.value = await bridge.request(name, params)
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
  return { answer, problem }
}
