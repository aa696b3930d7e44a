import { crossEntropy } from './crossEntropy.ts'
import type { LossDefinition } from './lossDefinition.ts'

/**
 * Cross-entropy of the membrane at every step, mean over the batch, summed (not averaged) over the steps, as
 * in snnTorch's tutorial 5.
 */
export const ceMembraneSum: LossDefinition = {
  kind: 'ce_membrane_sum',
  reads: 'membrane',
  evaluate(membrane, labels, { timeSteps, batch, classes }, gradient) {
    const logits = new Float64Array(classes)
    const slope = new Float64Array(classes)
    let loss = 0
    for (let t = 0; t < timeSteps; t++) {
      for (let b = 0; b < batch; b++) {
        const at = (t * batch + b) * classes
        for (let c = 0; c < classes; c++) logits[c] = membrane[at + c]
        loss += crossEntropy(logits, labels[b], slope)
        for (let c = 0; c < classes; c++) gradient[at + c] = slope[c] / batch
      }
    }
    return loss / batch
  },
}
