import type { Window } from '../../src-shared/model/window.ts'

/** Ops over feature maps `[C,H,W]` (or `[C,L]`, as one row), part of a program; see `program.ts`. */

interface Convolution {
  layer: string
  window: Window
  /** Channels are divided into so many parts that do not see each other. */
  groups: number
}

/** output = weight ∗ input + bias (cross-correlation), weight `[out,in/groups,K,K]` or `[out,in/groups,K]`. */
export interface ConvolutionOp extends Convolution {
  op: 'convolution'
  input: string
  weight: string
  bias: string | null
  output: string
}

/** weightGradient = Σ over T, B and places of gradient ⊗ the inputs that a weight saw; biasGradient = Σ gradient. */
export interface ConvolutionWeightGradientOp extends Convolution {
  op: 'convolutionWeightGradient'
  input: string
  gradient: string
  weightGradient: string
  biasGradient: string | null
}

export interface ConvolutionInputGradientOp extends Convolution {
  op: 'convolutionInputGradient'
  gradient: string
  weight: string
  output: string
}

/**
 * `max`: the largest under the window, without padding, the first of equals. `average`: the sum under the window
 * over the size of the kernel. `adaptiveAverage`: the mean of rows ⌊y·H/H'⌋ to ⌈(y+1)·H/H'⌉, columns likewise.
 */
export type PoolMethod = 'max' | 'average' | 'adaptiveAverage'

export interface PoolOp {
  op: 'pool'
  layer: string
  pool: PoolMethod
  window: Window
  input: string
  output: string
}

/** Max pooling hands the gradient to the first of the largest. */
export interface PoolBackwardOp {
  op: 'poolBackward'
  layer: string
  pool: PoolMethod
  window: Window
  input: string
  gradient: string
  output: string
}

interface BatchNorm {
  layer: string
  /** Whether mean and variance are taken over T and B together or at each step. */
  statistics: 'sequence' | 'step'
  epsilon: number
}

/**
 * torch's batch normalisation of the channels (the first axis). Training uses the batch's mean and biased
 * variance, and moves the running ones by `momentum` towards the mean and the unbiased variance, which is that
 * of all T steps even where the input is static; `step` moves them once a step. Evaluation uses the running ones.
 */
export interface BatchNormOp extends BatchNorm {
  op: 'batchNorm'
  input: string
  weight: string | null
  bias: string | null
  runningMean: string
  runningVariance: string
  momentum: number
  output: string
}

/** Back through the batch's statistics. */
export interface BatchNormBackwardOp extends BatchNorm {
  op: 'batchNormBackward'
  input: string
  gradient: string
  weight: string | null
  inputGradient: string | null
  weightGradient: string | null
  biasGradient: string | null
}

interface Dropout {
  layer: string
  probability: number
  /** Whether a mask is drawn for the whole sequence or at each step. */
  mask: 'sequence' | 'step'
  /** Which of the program's dropout layers it is: part of the key of its random numbers. */
  stream: number
}

/** Training zeroes values at random and scales the others by 1/(1 - p); evaluation passes everything. */
export interface DropoutOp extends Dropout {
  op: 'dropout'
  input: string
  output: string
}

/** Draws the masks of the forward pass again. Summed over the steps where the input is static. */
export interface DropoutBackwardOp extends Dropout {
  op: 'dropoutBackward'
  gradient: string
  output: string
}

export type MapForwardOp = ConvolutionOp | PoolOp | BatchNormOp | DropoutOp
export type MapBackwardOp =
  | ConvolutionWeightGradientOp
  | ConvolutionInputGradientOp
  | PoolBackwardOp
  | BatchNormBackwardOp
  | DropoutBackwardOp
