/** Ops where branches of a network meet, part of a program; see `program.ts`. */

interface Join {
  layer: string
  /** Each `[T,B,...]` or, where it is static, `[1,B,...]`: then it is the same at every step. */
  inputs: string[]
  output: string
}

interface JoinBackward {
  layer: string
  gradient: string
  /** Gradient at each input, summed over the steps where the input is static; null where it is not wanted. */
  outputs: (string | null)[]
}

/** output = Σ inputs, element by element. */
export interface AddOp extends Join {
  op: 'add'
}

/** Every input receives the gradient at the sum. */
export interface AddBackwardOp extends JoinBackward {
  op: 'addBackward'
}

/** The elements of the inputs of each sample and step one after the other: along the first axis of a shape. */
export interface ConcatOp extends Join {
  op: 'concat'
}

/** Every input receives its part of the gradient. */
export interface ConcatBackwardOp extends JoinBackward {
  op: 'concatBackward'
  /** Elements of each input. */
  sizes: number[]
}

/** output = Σ inputs: the gradient at a value that several layers read, from what each of them sends back. */
export interface AccumulateOp {
  op: 'accumulate'
  /** The layer that makes the value, or `"input"`. */
  layer: string
  inputs: string[]
  output: string
}

export type JoinForwardOp = AddOp | ConcatOp
export type JoinBackwardOp = AddBackwardOp | ConcatBackwardOp | AccumulateOp
