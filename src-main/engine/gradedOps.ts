/** Ops of graded spikes, part of a program; see `program.ts`. */

/**
 * output = factor · spikes, factor `[]` or `[N]`: what a neuron layer hands on where a spike is not 1 (snnTorch's
 * `graded_spikes_factor`). The spikes themselves, which the reset reads, are 0 or 1 as ever.
 */
export interface GradedSpikesOp {
  op: 'gradedSpikes'
  layer: string
  input: string
  factor: string
  output: string
}

/** spikesGradient = factor · gradient; factorGradient = Σ gradient · spikes over T and B (and neurons). */
export interface GradedSpikesBackwardOp {
  op: 'gradedSpikesBackward'
  layer: string
  input: string
  factor: string
  /** Gradient at what is handed on. */
  gradient: string
  /** Null where nothing before the spikes learns. */
  spikesGradient: string | null
  factorGradient: string | null
}
