import { shallowRef } from 'vue'
import type { ActivityTrace, Split } from '../../src-shared/contract.ts'
import { useBridge } from '../bridge/index.ts'

/** Asks for traces one after another; only the answer to the newest question counts. */
export function createTraceRequest() {
  const bridge = useBridge()
  const trace = shallowRef<ActivityTrace | null>(null)
  const error = shallowRef<unknown>(null)
  const loading = shallowRef(false)
  let asked = 0

  /** The trace of a sample, or null where another question was asked meanwhile or none could be had. */
  async function ask(run: string, split: Split, index: number): Promise<ActivityTrace | null> {
    const turn = ++asked
    loading.value = true
    try {
      const found = await bridge.request('activity.trace', { run, split, index })
      if (turn !== asked) return null
      trace.value = found
      error.value = null
      return found
    } catch (thrown) {
      if (turn === asked) error.value = thrown
      return null
    } finally {
      if (turn === asked) loading.value = false
    }
  }

  /** Forgets the trace and whatever is on its way. */
  function clear(): void {
    asked++
    trace.value = null
    error.value = null
    loading.value = false
  }

  return { trace, error, loading, ask, clear }
}
