import type { CostEstimate } from '../../src-shared/contract.ts'
import type { ExperimentDocument } from '../../src-shared/experiment.ts'
import { useBridge } from '../bridge/index.ts'

/** Asks what an experiment costs; null where the workbench cannot say (the form shows what is wrong). */
export function useCostRequest(): (experiment: ExperimentDocument) => Promise<CostEstimate | null> {
  const bridge = useBridge()
  return async (experiment) => {
    try {
      return await bridge.request('model.cost', { experiment })
    } catch {
      return null
    }
  }
}
