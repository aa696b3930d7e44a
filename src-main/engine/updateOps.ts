/** How parameters take their gradients. Every op keeps its states beside the parameter, in the parameter's shape. */

interface Update {
  parameter: string
  gradient: string
  /** Of a step that is given none of its own, see `Executor.train`. */
  learningRate: number
  weightDecay: number
}

/**
 * torch.optim.Adam, both moments bias-corrected; weight decay is added to the gradient. With `decoupledDecay` it is
 * torch.optim.AdamW: the parameter shrinks by learning rate · weight decay of itself.
 */
export interface AdamOp extends Update {
  op: 'adam'
  firstMoment: string
  secondMoment: string
  beta1: number
  beta2: number
  epsilon: number
  decoupledDecay: boolean
}

/** torch.optim.Adamax: the first moment over the decayed largest gradient, of which epsilon is part. */
export interface AdamaxOp extends Update {
  op: 'adamax'
  firstMoment: string
  infinityNorm: string
  beta1: number
  beta2: number
  epsilon: number
}

/** torch.optim.RMSprop. */
export interface RmspropOp extends Update {
  op: 'rmsprop'
  squareAverage: string
  /** Null where momentum is 0. */
  momentumBuffer: string | null
  /** Null where it is not centred. */
  gradientAverage: string | null
  alpha: number
  epsilon: number
  momentum: number
}

/** torch.optim.SGD: the momentum buffer starts as the first gradient, which is not dampened. */
export interface SgdOp extends Update {
  op: 'sgd'
  /** Null where momentum is 0. */
  momentumBuffer: string | null
  momentum: number
  dampening: number
  nesterov: boolean
}

export type UpdateOp = AdamOp | AdamaxOp | RmspropOp | SgdOp

/** What is done to gradients that are too large. */
export interface Clipping {
  /** `norm`: all gradients together have at most this L2 norm; `value`: no element is further from zero. */
  by: 'norm' | 'value'
  most: number
}
