/** What a step leaves behind. */
export interface NeuronStep {
  /** In the order of the model's `states`, float32. */
  states: Float32Array
  /** Membrane that the spike is decided on, less the threshold in force. */
  above: number
  /** 0 or 1. */
  spike: number
  /** False where another neuron of the layer inhibits it; set before the step is made. */
  mayFire: boolean
  /** What its surrogate draws, in [0,1); set before the way back. */
  drawn: number
}

/** Gradients at a step, on their way back. */
export interface StepGradients {
  /** At the states of this step; `back` replaces them by those of the step before. */
  states: Float64Array
  /** At the spike. */
  spike: number
  /** In the order of the model's `parameters`; `back` adds to them. */
  parameters: Float64Array
}

/**
 * A model of neuron, one step of one neuron at a time. The forward step rounds to float32 wherever its framework
 * does, so that its spikes are the framework's; the backward step calculates in float64.
 */
export interface NeuronModel {
  /** Names of what a step hands on to the next one; the first is the recorded membrane. */
  states: readonly string[]
  /** Names of the numbers that a neuron takes from the program's values. */
  parameters: readonly string[]
  /** The states before the first step. */
  start: readonly number[]
  /**
   * Fills `after`.
   *
   * @param feedback what recurrent connections bring from the spikes of the step before
   */
  step(parameters: Float32Array, before: NeuronStep, input: number, feedback: number, after: NeuronStep): void
  /** Goes back over a step that was made; returns the gradient at its input (and feedback). */
  back(
    parameters: Float32Array,
    before: NeuronStep,
    input: number,
    after: NeuronStep,
    gradients: StepGradients,
  ): number
}

/** The surrogate's derivative at x = charged - threshold; zero where the neuron is inhibited. */
export type SpikeSlope = (after: NeuronStep) => number

export function emptyStep(model: NeuronModel): NeuronStep {
  return { states: new Float32Array(model.states.length), above: 0, spike: 0, mayFire: true, drawn: 0 }
}

/** The step before the first. */
export function firstStep(model: NeuronModel): NeuronStep {
  return { ...emptyStep(model), states: Float32Array.from(model.start) }
}
