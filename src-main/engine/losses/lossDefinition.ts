import type { LossKind } from '../../../src-shared/experiment.ts'
import type { LossNumbers } from './lossNumbers.ts'

/** Extents of what a loss reads: `[T,B,outputs]`. */
export interface LossExtents {
  timeSteps: number
  batch: number
  outputs: number
}

/** A loss over the last neuron layer; what it reads of it stands in `lossTables`. */
export interface LossDefinition {
  kind: LossKind
  /**
   * The loss, and its gradient.
   *
   * @param numbers its parameters
   * @param input spikes or membrane, `[T,B,outputs]`
   * @param labels class of each sample, `[B]`, each below `numbers.classes`
   * @param gradient receives the gradient at the input, `[T,B,outputs]`
   */
  evaluate(
    numbers: LossNumbers,
    input: Float32Array,
    labels: Uint8Array,
    extents: LossExtents,
    gradient: Float32Array,
  ): number
}

/** Factor on the loss of a sample of a class. The mean is over samples, not over weights, as in snnTorch. */
export function classWeight({ classWeights }: LossNumbers, label: number): number {
  return classWeights[label] ?? 1
}
