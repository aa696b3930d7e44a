import type { LossKind } from '../../../src-shared/experiment.ts'

/** Extents of what a loss reads: `[T,B,C]`. */
export interface LossExtents {
  timeSteps: number
  batch: number
  classes: number
}

/** A loss over the last neuron layer. */
export interface LossDefinition {
  kind: LossKind
  /** What of the last layer it reads. */
  reads: 'spikes' | 'membrane'
  /**
   * The loss, and its gradient.
   *
   * @param input spikes or membrane, `[T,B,C]`
   * @param labels class of each sample, `[B]`, each below C
   * @param gradient receives the gradient at the input, `[T,B,C]`
   */
  evaluate(input: Float32Array, labels: Uint8Array, extents: LossExtents, gradient: Float32Array): number
}
