/** Numbers of one neuron, float32. */
export interface NeuronConstants {
  beta: number
  threshold: number
}

/** One neuron over all steps, each `[T]`. */
export interface NeuronTrace {
  input: Float32Array
  /** Membrane that the spike is decided on. */
  charged: Float32Array
  /** 0 or 1. */
  spikes: Float32Array
  /** Membrane as it is recorded at the end of the step. */
  membrane: Float32Array
}

/** Gradients of one neuron over all steps. */
export interface NeuronGradients {
  /** Arriving, `[T]`. */
  spikes: Float64Array
  membrane: Float64Array
  /** Leaving, `[T]`. */
  input: Float64Array
  /** Summed over the steps. */
  beta: number
  threshold: number
}

/**
 * A model of neuron. The forward pass rounds to float32 wherever its framework does, so that its spikes are
 * the framework's; the backward pass calculates in float64.
 */
export interface NeuronModel {
  /** Fills `charged`, `spikes` and `membrane` from `input`. */
  run(constants: NeuronConstants, trace: NeuronTrace): void
  /** Fills the leaving gradients, from the arriving ones and a trace that was run. */
  back(constants: NeuronConstants, trace: NeuronTrace, gradients: NeuronGradients): void
}

/** The surrogate's derivative at x = charged - threshold. */
export type SpikeSlope = (x: number, spiked: boolean) => number
