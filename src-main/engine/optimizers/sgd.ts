import type { OptimizerDefinition } from './optimizerDefinition.ts'

/** torch.optim.SGD; without momentum it keeps nothing. */
export const sgd: OptimizerDefinition = {
  kind: 'sgd',
  states: (params) => (Number(params.momentum) > 0 ? ['momentumBuffer'] : []),
  update: (parameter, gradient, params) => ({
    op: 'sgd',
    parameter,
    gradient,
    momentumBuffer: Number(params.momentum) > 0 ? `${parameter}.momentumBuffer` : null,
    learningRate: Number(params.learningRate),
    momentum: Number(params.momentum),
    dampening: Number(params.dampening ?? 0),
    nesterov: params.nesterov === true,
    weightDecay: Number(params.weightDecay),
  }),
}
