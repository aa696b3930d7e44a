import type { LossDefinition } from './lossDefinition.ts'

/** Mean over batch and classes of (firing rate - one-hot label)², as in spikingjelly's examples. */
export const mseRate: LossDefinition = {
  kind: 'mse_rate',
  reads: 'spikes',
  evaluate(spikes, labels, { timeSteps, batch, classes }, gradient) {
    const scale = 2 / (batch * classes * timeSteps)
    let loss = 0
    for (let b = 0; b < batch; b++) {
      for (let c = 0; c < classes; c++) {
        let count = 0
        for (let t = 0; t < timeSteps; t++) count += spikes[(t * batch + b) * classes + c]
        const error = count / timeSteps - (labels[b] === c ? 1 : 0)
        loss += error * error
        for (let t = 0; t < timeSteps; t++) gradient[(t * batch + b) * classes + c] = scale * error
      }
    }
    return loss / (batch * classes)
  },
}
