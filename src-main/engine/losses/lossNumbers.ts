import type { LossSettings } from '../../../src-shared/experiment.ts'
import { parseNumbers, type FieldValues } from '../../../src-shared/fields.ts'
import type { LossOp } from '../program.ts'

/** What a loss op says beside its operands. */
export type LossNumbers = Omit<LossOp, 'op' | 'input' | 'spikes' | 'gradient'>

/** What the outputs should have: snnTorch truncates wanted counts, and counts negative times from the end. */
function targets(
  { kind, params }: LossSettings,
  timeSteps: number,
  groupSize: number,
): { onTarget: number; offTarget: number } {
  const number = (key: string) => Number(params[key])
  switch (kind) {
    case 'mse_count': {
      const count = (rate: number) => Math.trunc(timeSteps * rate * groupSize)
      return { onTarget: count(number('correctRate')), offTarget: count(number('incorrectRate')) }
    }
    case 'mse_temporal': {
      const time = (step: number) => (step < 0 ? timeSteps + step : step)
      return { onTarget: time(number('onTime')), offTarget: time(number('offTime')) }
    }
    case 'mse_membrane':
      return { onTarget: number('onTarget'), offTarget: number('offTarget') }
    default:
      return { onTarget: 1, offTarget: 0 }
  }
}

const option = (params: FieldValues, key: string): string => String(params[key] ?? '')

/** The numbers of a loss over `outputs` outputs and `timeSteps` steps. */
export function lossNumbers(loss: LossSettings, timeSteps: number, outputs: number): LossNumbers {
  const { kind, params } = loss
  const classes = Number(params.classes ?? 0) || outputs
  return {
    loss: kind,
    classes,
    classWeights: parseNumbers(option(params, 'classWeights')) ?? [],
    labelSmoothing: Number(params.labelSmoothing ?? 0),
    ...targets(loss, timeSteps, outputs / classes),
    tolerance: Number(params.tolerance ?? 0),
    inverse: option(params, 'inverse') === 'reciprocal' ? 'reciprocal' : 'negate',
    readout: option(params, 'readout') === 'first_spike' ? 'first_spike' : 'count',
  }
}
