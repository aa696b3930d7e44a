import { firstSpikes, placeTimeGradient } from './firstSpikes.ts'
import { classWeight, type LossDefinition } from './lossDefinition.ts'

/**
 * Mean over batch and outputs of ((t - wanted t)/T)², t the step of the first spike (snnTorch's
 * `mse_temporal_loss`); one within the tolerance counts as on time. snnTorch lifts wanted times below 0 to 0; here
 * they count from the end, as it documents.
 */
export const mseTemporal: LossDefinition = {
  kind: 'mse_temporal',
  evaluate(numbers, spikes, labels, extents, gradient) {
    const { timeSteps, batch, outputs } = extents
    const { onTarget, offTarget, tolerance } = numbers
    const elements = batch * outputs
    const times = new Float64Array(outputs)
    const slopes = new Float64Array(outputs)
    let loss = 0
    gradient.fill(0)
    for (let b = 0; b < batch; b++) {
      const weight = classWeight(numbers, labels[b])
      firstSpikes(spikes, extents, b, times)
      times.forEach((time, o) => {
        const late = time - (labels[b] === o ? onTarget : offTarget)
        const error = Math.abs(late) < tolerance ? 0 : late / timeSteps
        loss += weight * error * error
        slopes[o] = (2 * weight * error) / (timeSteps * elements)
      })
      placeTimeGradient(slopes, times, extents, b, gradient)
    }
    return loss / elements
  },
}
