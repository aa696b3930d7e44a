import { crossEntropy } from './crossEntropy.ts'
import { classWeight, type LossDefinition } from './lossDefinition.ts'

/** Cross-entropy at every step, summed over the steps and divided by `share(T)`, mean over the batch. */
export function crossEntropyOfSteps(
  kind: LossDefinition['kind'],
  share: (timeSteps: number) => number,
): LossDefinition {
  return {
    kind,
    evaluate(numbers, input, labels, { timeSteps, batch, outputs }, gradient) {
      const logits = new Float64Array(outputs)
      const slopes = new Float64Array(outputs)
      const samples = batch * share(timeSteps)
      let loss = 0
      for (let t = 0; t < timeSteps; t++) {
        for (let b = 0; b < batch; b++) {
          const at = (t * batch + b) * outputs
          const weight = classWeight(numbers, labels[b])
          for (let o = 0; o < outputs; o++) logits[o] = input[at + o]
          loss += weight * crossEntropy(logits, labels[b], numbers.labelSmoothing, slopes)
          for (let o = 0; o < outputs; o++) gradient[at + o] = (weight * slopes[o]) / samples
        }
      }
      return loss / samples
    },
  }
}
