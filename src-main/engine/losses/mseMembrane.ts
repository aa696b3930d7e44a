import { classWeight, type LossDefinition } from './lossDefinition.ts'

/** Mean over steps, batch and outputs of (membrane - wanted level)² (snnTorch's `mse_membrane_loss`). */
export const mseMembrane: LossDefinition = {
  kind: 'mse_membrane',
  evaluate(numbers, membrane, labels, { timeSteps, batch, outputs }, gradient) {
    const { onTarget, offTarget } = numbers
    const elements = timeSteps * batch * outputs
    let loss = 0
    for (let i = 0; i < elements; i++) {
      const label = labels[Math.floor(i / outputs) % batch]
      const weight = classWeight(numbers, label)
      const error = membrane[i] - (i % outputs === label ? onTarget : offTarget)
      loss += weight * error * error
      gradient[i] = (2 * weight * error) / elements
    }
    return loss / elements
  },
}
