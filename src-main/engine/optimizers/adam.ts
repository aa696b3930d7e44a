import type { OptimizerKind } from '../../../src-shared/experimentFields.ts'
import type { OptimizerDefinition } from './optimizerDefinition.ts'

const adamKind = (kind: OptimizerKind, decoupledDecay: boolean): OptimizerDefinition => ({
  kind,
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
    decoupledDecay,
  }),
})

/** torch.optim.Adam. */
export const adam = adamKind('adam', false)

/** torch.optim.AdamW. */
export const adamw = adamKind('adamw', true)
