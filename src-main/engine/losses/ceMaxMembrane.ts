import { crossEntropy } from './crossEntropy.ts'
import { classWeight, type LossDefinition } from './lossDefinition.ts'

/**
 * Cross-entropy of the largest membrane of each output, mean over the batch (snnTorch's `ce_max_membrane_loss`).
 * The gradient goes to the first step that has it.
 */
export const ceMaxMembrane: LossDefinition = {
  kind: 'ce_max_membrane',
  evaluate(numbers, membrane, labels, { timeSteps, batch, outputs }, gradient) {
    const logits = new Float64Array(outputs)
    const slopes = new Float64Array(outputs)
    const steps = new Int32Array(outputs)
    let loss = 0
    gradient.fill(0)
    for (let b = 0; b < batch; b++) {
      logits.fill(-Infinity)
      for (let t = 0; t < timeSteps; t++) {
        for (let o = 0; o < outputs; o++) {
          const value = membrane[(t * batch + b) * outputs + o]
          if (value <= logits[o]) continue
          logits[o] = value
          steps[o] = t
        }
      }
      const weight = classWeight(numbers, labels[b])
      loss += weight * crossEntropy(logits, labels[b], numbers.labelSmoothing, slopes)
      for (let o = 0; o < outputs; o++) {
        gradient[(steps[o] * batch + b) * outputs + o] = (weight * slopes[o]) / batch
      }
    }
    return loss / batch
  },
}
