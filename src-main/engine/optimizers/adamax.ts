import type { OptimizerDefinition } from './optimizerDefinition.ts'

/** torch.optim.Adamax. */
export const adamax: OptimizerDefinition = {
  kind: 'adamax',
  states: () => ['firstMoment', 'infinityNorm'],
  update: (parameter, gradient, params) => ({
    op: 'adamax',
    parameter,
    gradient,
    firstMoment: `${parameter}.firstMoment`,
    infinityNorm: `${parameter}.infinityNorm`,
    learningRate: Number(params.learningRate),
    beta1: Number(params.beta1),
    beta2: Number(params.beta2),
    epsilon: Number(params.epsilon),
    weightDecay: Number(params.weightDecay),
  }),
}
