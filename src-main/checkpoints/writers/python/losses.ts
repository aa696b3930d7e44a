import type { LossSettings, OptimizerSettings } from '../../../../src-shared/experiment.ts'
import { pythonArguments, pythonNumber } from './literals.ts'

/** The losses that can be said in a few lines of torch, over `spikes` and `membrane` of `[T, B, classes]`. */

const smoothing = ({ params }: LossSettings): string => {
  const share = Number(params.labelSmoothing ?? 0)
  return share > 0 ? `, label_smoothing=${pythonNumber(share)}` : ''
}

const stepwise = (values: string, loss: LossSettings): string =>
  `torch.stack([F.cross_entropy(step, target${smoothing(loss)}) for step in ${values}])`

const targets = (on: number, off: number): string =>
  `torch.where(F.one_hot(target, CLASSES).bool(), ${pythonNumber(on)}, ${pythonNumber(off)})`

const makers: Readonly<Record<string, (loss: LossSettings, timeSteps: number) => string>> = {
  ce_count: (loss) => `F.cross_entropy(spikes.sum(0), target${smoothing(loss)})`,
  ce_rate: (loss) => `${stepwise('spikes', loss)}.mean()`,
  ce_membrane_sum: (loss) => `${stepwise('membrane', loss)}.sum()`,
  ce_max_membrane: (loss) => `F.cross_entropy(membrane.max(0).values, target${smoothing(loss)})`,
  mse_rate: () => 'F.mse_loss(spikes.mean(0), F.one_hot(target, CLASSES).float())',
  mse_count: ({ params }, T) => {
    const wanted = targets(Number(params.correctRate) * T, Number(params.incorrectRate) * T)
    return `F.mse_loss(spikes.sum(0), ${wanted}) / T`
  },
  mse_membrane: ({ params }) => {
    const wanted = targets(Number(params.onTarget), Number(params.offTarget))
    return `torch.stack([F.mse_loss(step, ${wanted}) for step in membrane]).mean()`
  },
}

/** The loss as an expression; null where it is none of these, or has classes with weights or of several outputs. */
export function lossCode(loss: LossSettings, timeSteps: number): string | null {
  const { kind, params } = loss
  const plain = !params.classWeights && !Number(params.classes ?? 0)
  return plain && Object.hasOwn(makers, kind) ? makers[kind](loss, timeSteps) : null
}

/** The optimizer as a call; null where torch.optim's is not known here. */
export function optimizerCode({ kind, params }: OptimizerSettings): string | null {
  const shared = { lr: Number(params.learningRate), weight_decay: Number(params.weightDecay ?? 0) }
  if (kind === 'adam') {
    const betas = `(${pythonNumber(Number(params.beta1))}, ${pythonNumber(Number(params.beta2))})`
    const call = pythonArguments({ ...shared, eps: Number(params.epsilon) }, { betas })
    return `torch.optim.Adam(net.parameters(), ${call})`
  }
  if (kind === 'sgd') {
    const rest = { momentum: Number(params.momentum), nesterov: params.nesterov === true }
    return `torch.optim.SGD(net.parameters(), ${pythonArguments({ ...shared, ...rest })})`
  }
  return null
}
