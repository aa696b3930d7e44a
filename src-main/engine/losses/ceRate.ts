import { crossEntropyOfSteps } from './ceStep.ts'

/** Cross-entropy of the spikes at every step, mean over the steps (snnTorch's `ce_rate_loss`). */
export const ceRate = crossEntropyOfSteps('ce_rate', (timeSteps) => timeSteps)
