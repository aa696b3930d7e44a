import type { OptimizerDefinition } from './optimizerDefinition.ts'

/** torch.optim.RMSprop; it keeps a momentum buffer and the mean of the gradient only where they are wanted. */
export const rmsprop: OptimizerDefinition = {
  kind: 'rmsprop',
  states: (params) => [
    'squareAverage',
    ...(Number(params.momentum) > 0 ? ['momentumBuffer'] : []),
    ...(params.centered === true ? ['gradientAverage'] : []),
  ],
  update: (parameter, gradient, params) => ({
    op: 'rmsprop',
    parameter,
    gradient,
    squareAverage: `${parameter}.squareAverage`,
    momentumBuffer: Number(params.momentum) > 0 ? `${parameter}.momentumBuffer` : null,
    gradientAverage: params.centered === true ? `${parameter}.gradientAverage` : null,
    learningRate: Number(params.learningRate),
    alpha: Number(params.alpha),
    epsilon: Number(params.epsilon),
    momentum: Number(params.momentum),
    weightDecay: Number(params.weightDecay),
  }),
}
