import type { SurrogateValue } from '../../src-shared/fields.ts'

/**
 * What each model of neuron computes, as far as its parameters are not values of the program. Equations:
 * `src-shared/model/layers`; steps in float32: `backends/reference/neurons`.
 */
interface FlagReset {
  reset: 'subtract' | 'zero' | 'none'
  /** Whether of a sample's neurons only the one with the largest membrane may fire, the first of equals. */
  inhibition: boolean
  surrogate: SurrogateValue
}

interface DelayedFlagReset extends FlagReset {
  /** True: the reset acts one step later (snnTorch's default); false: in the same step. */
  delayed: boolean
}

/** snnTorch's Leaky; β and θ are values, because they may be learned or differ per neuron. */
export interface LeakySemantics extends DelayedFlagReset {
  model: 'leaky'
}

/** snnTorch's Synaptic; α, β and θ are values. */
export interface SynapticSemantics extends DelayedFlagReset {
  model: 'synaptic'
}

/** snnTorch's Lapicque; θ is a value. R, C and Δt are as the class holds them, whatever they came from. */
export interface LapicqueSemantics extends FlagReset {
  model: 'lapicque'
  resistance: number
  capacitance: number
  timeStep: number
}

/** snnTorch's Alpha; α, β and θ are values. */
export interface AlphaSemantics extends FlagReset {
  model: 'alpha'
}

/** snnTorch's RLeaky; β, θ and the recurrent weights are values. */
export interface RLeakySemantics extends DelayedFlagReset {
  model: 'rleaky'
}

/** snnTorch's RSynaptic; α, β, θ and the recurrent weights are values. */
export interface RSynapticSemantics extends FlagReset {
  model: 'rsynaptic'
}

/** snnTorch's LeakyParallel; θ and what is left of the membranes, with its bias, are values. It never resets. */
export interface LeakyParallelSemantics {
  model: 'leakyparallel'
  surrogate: SurrogateValue
}

/** The neuron with adaptive threshold; β, α, β_a and θ are values. */
export interface AlifSemantics extends FlagReset {
  model: 'alif'
  /** Whether a spike adds 1 - α to the adaptation, or 1. */
  normalise: boolean
  /** Whether the gradient is cut where the adaptation reads the spike. */
  detachAdaptation: boolean
}

interface SameStepReset {
  threshold: number
  reset: 'hard' | 'soft'
  resetValue: number
  detachReset: boolean
  surrogate: SurrogateValue
}

/** spikingjelly's LIFNode and IFNode; their constants are plain numbers, as there. */
export interface IntegrateFireSemantics extends SameStepReset {
  model: 'lif' | 'if'
  /** Only for `lif`. */
  tau: number
  /** Only for `lif`: whether the input is divided by τ too. */
  decayInput: boolean
}

/** spikingjelly's ParametricLIFNode; w is a value. */
export interface PlifSemantics extends SameStepReset {
  model: 'plif'
  decayInput: boolean
}

/** spikingjelly's QIFNode. */
export interface QifSemantics extends SameStepReset {
  model: 'qif'
  tau: number
  critical: number
  gain: number
  rest: number
}

/** spikingjelly's EIFNode. */
export interface EifSemantics extends SameStepReset {
  model: 'eif'
  tau: number
  sharpness: number
  rheobase: number
  rest: number
}

/** spikingjelly's IzhikevichNode. */
export interface IzhikevichSemantics extends SameStepReset {
  model: 'izhikevich'
  tau: number
  critical: number
  gain: number
  rest: number
  recoveryRest: number
  recoveryTau: number
  coupling: number
  jump: number
}

/** spikingjelly's KLIFNode; k is a value. */
export interface KlifSemantics extends SameStepReset {
  model: 'klif'
  tau: number
  decayInput: boolean
  scaleReset: boolean
}

/** spikingjelly's CUBALIFNode. */
export interface CubaLifSemantics extends SameStepReset {
  model: 'cubalif'
  currentDecay: number
  voltageDecay: number
}

export type NeuronSemantics =
  | LeakySemantics
  | SynapticSemantics
  | LapicqueSemantics
  | AlphaSemantics
  | RLeakySemantics
  | RSynapticSemantics
  | LeakyParallelSemantics
  | AlifSemantics
  | IntegrateFireSemantics
  | PlifSemantics
  | QifSemantics
  | EifSemantics
  | IzhikevichSemantics
  | KlifSemantics
  | CubaLifSemantics
