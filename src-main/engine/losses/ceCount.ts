import { crossEntropy } from './crossEntropy.ts'
import { classWeight, type LossDefinition } from './lossDefinition.ts'
import { spreadOverPopulations, sumPopulations } from './populations.ts'

/** Cross-entropy of the spikes summed over the steps, mean over the batch (snnTorch's `ce_count_loss`). */
export const ceCount: LossDefinition = {
  kind: 'ce_count',
  evaluate(numbers, spikes, labels, extents, gradient) {
    const counts = new Float64Array(numbers.classes)
    const slopes = new Float64Array(numbers.classes)
    let loss = 0
    for (let b = 0; b < extents.batch; b++) {
      const weight = classWeight(numbers, labels[b])
      sumPopulations(spikes, extents, b, counts)
      loss += weight * crossEntropy(counts, labels[b], numbers.labelSmoothing, slopes)
      spreadOverPopulations(slopes, weight / extents.batch, extents, b, gradient)
    }
    return loss / extents.batch
  },
}
