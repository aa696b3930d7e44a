import { onScopeDispose, shallowRef, watch } from 'vue'
import { useBridge } from '../../bridge/index.ts'
import { errorText } from '../../i18n/errors.ts'

/**
 * The answer to a wish, asked for anew on every change. One request is under way at a time and the newest wish wins,
 * so that a held key never piles up work. Where `wanted` gives null the last answer stays.
 */
export function useNewestAnswer<Wish, Answer>(
  wanted: () => Wish | null,
  request: (wish: Wish) => Promise<Answer>,
) {
  const answer = shallowRef<Answer | null>(null)
  const problem = shallowRef<string | null>(null)
  let busy = false
  let again = false

  async function ask(): Promise<void> {
    const wish = wanted()
    if (!wish) return
    if (busy) {
      again = true
      return
    }
    busy = true
    try {
      answer.value = await request(wish)
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
  onScopeDispose(useBridge().onStatus((status) => status === 'open' && void ask()))
  return { answer, problem }
}
