import { classWeight, type LossDefinition } from './lossDefinition.ts'
import { spreadOverPopulations, sumPopulations } from './populations.ts'

/** Mean over batch and classes of (firing rate - one-hot label)², as in spikingjelly's examples. */
export const mseRate: LossDefinition = {
  kind: 'mse_rate',
  evaluate(numbers, spikes, labels, extents, gradient) {
    const { timeSteps, batch, outputs } = extents
    const errors = new Float64Array(outputs)
    let loss = 0
    for (let b = 0; b < batch; b++) {
      const weight = classWeight(numbers, labels[b])
      sumPopulations(spikes, extents, b, errors)
      errors.forEach((count, o) => {
        const error = count / timeSteps - (labels[b] === o ? 1 : 0)
        loss += weight * error * error
        errors[o] = error
      })
      spreadOverPopulations(errors, (2 * weight) / (batch * outputs * timeSteps), extents, b, gradient)
    }
    return loss / (batch * outputs)
  },
}
