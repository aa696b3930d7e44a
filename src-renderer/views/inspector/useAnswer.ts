import { onScopeDispose, ref, shallowRef, watch, type Ref } from 'vue'
import type { RequestName, RequestParams, RequestResult } from '../../../src-shared/contract.ts'
import { useBridge } from '../../bridge/index.ts'

export interface Answer<Name extends RequestName> {
  /** The last answer that came; it stays while the next one is on its way. */
  value: Readonly<Ref<RequestResult<Name> | null>>
  error: Readonly<Ref<unknown>>
  loading: Readonly<Ref<boolean>>
}

/**
 * The answer to a request whose parameters change, asked anew at each change; one question is on its way at a time,
 * and of those that come up meanwhile only the last is asked. Parameters of null ask nothing and answer null.
 */
export function useAnswer<Name extends RequestName>(
  name: Name,
  params: () => RequestParams<Name> | null,
): Answer<Name> {
  const bridge = useBridge()
  const value: Ref<RequestResult<Name> | null> = shallowRef(null)
  const error = shallowRef<unknown>(null)
  const loading = ref(false)
  let asked = ''
  let wanted: { key: string; params: RequestParams<Name> } | null = null
  let gone = false

  async function next(): Promise<void> {
    if (loading.value) return
    loading.value = true
    while (wanted && wanted.key !== asked && !gone) {
      const question: { key: string; params: RequestParams<Name> } = wanted
      asked = question.key
      try {
        const found = await bridge.request(name, question.params)
        if (wanted === question) {
          value.value = found
          error.value = null
        }
      } catch (thrown) {
        if (wanted === question) {
          value.value = null
          error.value = thrown
        }
      }
    }
    loading.value = false
  }

  watch(
    () => JSON.stringify(params()),
    (key) => {
      const now = params()
      if (now === null) {
        wanted = null
        asked = ''
        value.value = null
        error.value = null
        return
      }
      wanted = { key, params: now }
      void next()
    },
    { immediate: true },
  )
  onScopeDispose(() => (gone = true))
  return { value, error, loading }
}
