import { onScopeDispose, shallowRef, watch } from 'vue'
import type { CostEstimate } from '../../../src-shared/contract.ts'
import type { ExperimentDocument } from '../../../src-shared/experiment.ts'
import { useBridge } from '../../bridge/index.ts'

const pause = 250

/** What the experiment costs, asked of the workbench once typing pauses; null while it is not known. */
export function useCost(wanted: () => ExperimentDocument | null) {
  const bridge = useBridge()
  const cost = shallowRef<CostEstimate | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined
  let generation = 0

  async function ask(experiment: ExperimentDocument, mine: number): Promise<void> {
    const answer = await bridge.request('model.cost', { experiment }).catch(() => null)
    if (mine === generation) cost.value = answer
  }

  function plan(): void {
    clearTimeout(timer)
    const mine = ++generation
    const experiment = wanted()
    if (!experiment) cost.value = null
    else timer = setTimeout(() => void ask(experiment, mine), cost.value ? pause : 0)
  }

  watch(wanted, plan, { immediate: true })
  onScopeDispose(bridge.onStatus((status) => status === 'open' && plan()))
  onScopeDispose(() => clearTimeout(timer))
  return cost
}
