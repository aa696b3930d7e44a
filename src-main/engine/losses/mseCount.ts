import { classWeight, type LossDefinition } from './lossDefinition.ts'
import { spreadOverPopulations, sumPopulations } from './populations.ts'

/**
 * Mean over batch and classes of (spike count - wanted count)², divided by the steps (snnTorch's
 * `mse_count_loss`).
 */
export const mseCount: LossDefinition = {
  kind: 'mse_count',
  evaluate(numbers, spikes, labels, extents, gradient) {
    const { classes, onTarget, offTarget } = numbers
    const elements = extents.batch * classes * extents.timeSteps
    const counts = new Float64Array(classes)
    let loss = 0
    for (let b = 0; b < extents.batch; b++) {
      const weight = classWeight(numbers, labels[b])
      sumPopulations(spikes, extents, b, counts)
      counts.forEach((count, c) => {
        const error = count - (labels[b] === c ? onTarget : offTarget)
        loss += weight * error * error
        counts[c] = error
      })
      spreadOverPopulations(counts, (2 * weight) / elements, extents, b, gradient)
    }
    return loss / elements
  },
}
