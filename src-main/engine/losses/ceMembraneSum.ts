import { crossEntropyOfSteps } from './ceStep.ts'

/** Cross-entropy of the membrane at every step, summed (not averaged) over the steps: snnTorch's tutorial 5. */
export const ceMembraneSum = crossEntropyOfSteps('ce_membrane_sum', () => 1)
