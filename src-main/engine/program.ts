import type { EngineEncodingKind } from '../../src-shared/encodingTables.ts'
import type { LossKind } from '../../src-shared/experiment.ts'
import type { FieldValues } from '../../src-shared/fields.ts'
import type { Initialiser } from '../../src-shared/model/layerDefinition.ts'
import type { GradedSpikesBackwardOp, GradedSpikesOp } from './gradedOps.ts'
import type { JoinBackwardOp, JoinForwardOp } from './joinOps.ts'
import type { NeuronSemantics } from './neuronSemantics.ts'
import type { MapBackwardOp, MapForwardOp } from './mapOps.ts'
import type { Penalty } from './penalties.ts'
import type { Clipping, UpdateOp } from './updateOps.ts'

/**
 * A network as a program: named values and an ordered list of ops over them. `compile.ts` makes it from a
 * model, the passes rewrite it, a backend executes it. It is plain data: it can be printed, read and sent.
 */

export type ValueRole =
  'input' | 'activation' | 'gradient' | 'parameter' | 'parameterGradient' | 'optimizerState'

export interface Value {
  id: string
  role: ValueRole
  /** `spikes` hold 0 or 1; a backend may pack them to bits. */
  format: 'float32' | 'spikes'
  /**
   * `sequence`: `[T,B,...shape]`; `static`: the same at every step, kept once as `[1,B,...shape]`; `none`: not
   * per sample, e.g. a parameter.
   */
  time: 'sequence' | 'static' | 'none'
  shape: number[]
}

/** A tensor that training keeps: its name in a checkpoint (`<layer>.<parameter>`) and its first values. */
export interface ProgramParameter {
  value: string
  layer: string
  learnable: boolean
  initialise: Initialiser
}

/** Sample to input: `given` takes values as they come; the others read images of bytes, scaled to [0,1]. */
export interface EncodeOp {
  op: 'encode'
  encoding: EngineEncodingKind | 'given'
  /** Of the encoding. */
  params: FieldValues
  /** Mean and deviation by which the images are normalised before; null where they are not. */
  scale: FieldValues | null
  output: string
}

/** output = input · weightᵀ + bias, weight `[out,in]`, at every step (once where the input is static). */
export interface LinearOp {
  op: 'linear'
  layer: string
  input: string
  weight: string
  bias: string | null
  output: string
}

/** Charge, fire and reset over all T. A static input is broadcast over the steps. */
export interface NeuronOp {
  op: 'neuron'
  layer: string
  neuron: NeuronSemantics
  input: string
  /** Values of its parameters by name, each `[]` or `[N]`: those that may be learned or differ per neuron. */
  parameters: Record<string, string>
  spikes: string
  /** The recorded membrane: of snnTorch's neurons before its own (delayed) reset, of spikingjelly's after it. */
  membrane: string
  /** Values of its other states by name. */
  states: Record<string, string>
}

/**
 * The loss over the last neuron layer, the class read from it (argmax of spike counts, first index wins), and
 * the gradient at what the loss reads. Definitions: `losses/`.
 */
export interface LossOp {
  op: 'loss'
  loss: LossKind
  /** Classes, each a group of outputs side by side; as many as outputs where there is no population code. */
  classes: number
  /** Factor on the loss of the samples of each class, `[classes]`; empty is 1 for all. */
  classWeights: number[]
  labelSmoothing: number
  /**
   * What the output of the class should have, and the others: a count of spikes (`mse_count`), a membrane
   * (`mse_membrane`), the step of the first spike (`mse_temporal`).
   */
  onTarget: number
  offTarget: number
  /** Steps that a first spike may be away from its time (`mse_temporal`); 0 is none. */
  tolerance: number
  /** How the time of the first spike becomes a logit (`ce_temporal`). */
  inverse: 'negate' | 'reciprocal'
  /** How the class is read from the output spikes. */
  readout: 'count' | 'first_spike'
  /** What the loss reads: spikes or membrane `[T,B,C]`. */
  input: string
  /** Spikes of the last layer, for the prediction. */
  spikes: string
  /** Gradient at `input`. */
  gradient: string
}

/**
 * Back through time. `truncation` K cuts it: what step t + 1 hands back to the states of step t (and to its spikes,
 * by recurrent connections) is zero where t + 1 is a multiple of K; 0 cuts nowhere. Forward and loss are as they
 * were, so a step of the optimizer still follows after all T steps: the gradient is the one that snnTorch's
 * `TBPTT` sums up over its windows of K steps where its weights stay the same from window to window (it updates
 * them after each). `inputGradient` is summed over T where the input is static. A null gradient arrives
 * nowhere (zero). Parameter gradients are summed over T, B (and neurons for scalars).
 */
export interface NeuronBackwardOp {
  op: 'neuronBackward'
  layer: string
  neuron: NeuronSemantics
  input: string
  parameters: Record<string, string>
  spikes: string
  membrane: string
  spikesGradient: string | null
  membraneGradient: string | null
  /** Null where nothing before the neuron learns. */
  inputGradient: string | null
  /** Gradients of the parameters that learn, by name. */
  parameterGradients: Record<string, string>
  truncation: number
  /** Number of its random stream among the neuron layers, for surrogates that draw. */
  stream: number
}

/** weightGradient `[out,in]` = Σ over T and B of gradientᵀ · input; biasGradient `[out]` = Σ gradient. */
export interface LinearWeightGradientOp {
  op: 'linearWeightGradient'
  layer: string
  input: string
  gradient: string
  weightGradient: string
  biasGradient: string | null
}

/** output = gradient · weight. */
export interface LinearInputGradientOp {
  op: 'linearInputGradient'
  layer: string
  gradient: string
  weight: string
  output: string
}

export type ForwardOp = EncodeOp | LinearOp | NeuronOp | GradedSpikesOp | MapForwardOp | JoinForwardOp
export type BackwardOp =
  | NeuronBackwardOp
  | GradedSpikesBackwardOp
  | LinearWeightGradientOp
  | LinearInputGradientOp
  | MapBackwardOp
  | JoinBackwardOp

export interface Program {
  timeSteps: number
  /** The largest batch that it takes; a shorter one is run at its own size. */
  batchSize: number
  /** Key of every random stream: initialisation, encoding. */
  seed: number
  values: Value[]
  parameters: ProgramParameter[]
  forward: ForwardOp[]
  loss: LossOp
  /** Added to the loss. */
  penalties: Penalty[]
  backward: BackwardOp[]
  update: UpdateOp[]
  /** Null where gradients are taken as they are. */
  clipping: Clipping | null
  /** Batches whose gradients are averaged for one step, at most; see `Executor.accumulate`. */
  accumulation: number
  /**
   * Whether values that can be made again from others are not kept from the way forward for the way back, but made
   * again there. Results are the same bits.
   */
  recompute: boolean
  /**
   * Steps that are kept together for the way back; 0 is all. Between two such stretches only what neurons hand on is
   * kept, and the way back makes each stretch again. Spikes and losses are the same bits; gradients are summed stretch by
   * stretch, the last one first.
   */
  stretch: number
}
