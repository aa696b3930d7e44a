import { crossEntropy } from './crossEntropy.ts'
import { firstSpikes, placeTimeGradient } from './firstSpikes.ts'
import { classWeight, type LossDefinition } from './lossDefinition.ts'

/** Cross-entropy of -t or 1/(t + 1), t the step of the first spike (snnTorch's `ce_temporal_loss`). */
export const ceTemporal: LossDefinition = {
  kind: 'ce_temporal',
  evaluate(numbers, spikes, labels, extents, gradient) {
    const { batch, outputs } = extents
    const reciprocal = numbers.inverse === 'reciprocal'
    const times = new Float64Array(outputs)
    const logits = new Float64Array(outputs)
    const slopes = new Float64Array(outputs)
    let loss = 0
    gradient.fill(0)
    for (let b = 0; b < batch; b++) {
      const weight = classWeight(numbers, labels[b])
      firstSpikes(spikes, extents, b, times)
      times.forEach((time, o) => (logits[o] = reciprocal ? 1 / (time + 1) : -time))
      loss += weight * crossEntropy(logits, labels[b], numbers.labelSmoothing, slopes)
      times.forEach((time, o) => {
        slopes[o] *= ((reciprocal ? -1 / (time + 1) ** 2 : -1) * weight) / batch
      })
      placeTimeGradient(slopes, times, extents, b, gradient)
    }
    return loss / batch
  },
}
