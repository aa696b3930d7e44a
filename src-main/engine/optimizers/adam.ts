import type { OptimizerDefinition } from './optimizerDefinition.ts'

/** torch.optim.Adam. */
export const adam: OptimizerDefinition = {
  kind: 'adam',
  states: () => ['firstMoment', 'secondMoment'],
  update: (parameter, gradient, params) => ({
    op: 'adam',
    parameter,
    gradient,
    firstMoment: `${parameter}.firstMoment`,
    secondMoment: `${parameter}.secondMoment`,
    learningRate: Number(params.learningRate),
    beta1: Number(params.beta1),
    beta2: Number(params.beta2),
    epsilon: Number(params.epsilon),
    weightDecay: Number(params.weightDecay),
  }),
}
