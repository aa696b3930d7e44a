import { crossEntropy } from './crossEntropy.ts'
import type { LossDefinition } from './lossDefinition.ts'

/** Cross-entropy of the spikes summed over the steps, mean over the batch (snnTorch's `ce_count_loss`). */
export const ceCount: LossDefinition = {
  kind: 'ce_count',
  reads: 'spikes',
  evaluate(spikes, labels, { timeSteps, batch, classes }, gradient) {
    const counts = new Float64Array(classes)
    const slope = new Float64Array(classes)
    let loss = 0
    for (let b = 0; b < batch; b++) {
      counts.fill(0)
      for (let t = 0; t < timeSteps; t++)
        for (let c = 0; c < classes; c++) counts[c] += spikes[(t * batch + b) * classes + c]
      loss += crossEntropy(counts, labels[b], slope)
      for (let t = 0; t < timeSteps; t++)
        for (let c = 0; c < classes; c++) gradient[(t * batch + b) * classes + c] = slope[c] / batch
    }
    return loss / batch
  },
}
