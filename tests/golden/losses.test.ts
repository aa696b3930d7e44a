import { describe } from 'vitest'
import type { LossKind, LossSettings } from '../../src-shared/experiment.ts'
import type { FieldValues } from '../../src-shared/fields.ts'
import { defaultLoss } from '../../src-shared/lossTables.ts'
import { defaultSurrogate } from '../../src-shared/model/surrogates.ts'
import { expectWithin } from './compare.ts'
import { executorWith, findTensor, neuronProgram } from './neuronProgram.ts'
import { onEveryBackend, refuseUnknown, unsupported } from './support.ts'
import { goldenCases, type GoldenArray } from './vectors.ts'

interface LossCase {
  framework: string
  loss: string
  reduction: string
  on: 'spk' | 'mem'
  value: GoldenArray
  target: number[]
  expect: number
  expect_grad: GoldenArray
}

/** What a sum is made of where we take the mean. */
const overBatch = (batch: number): number => batch
const overElements = (batch: number, classes: number): number => batch * classes

/** The losses that we have, by framework and name. */
const losses: Record<string, { kind: LossKind; meanOver: (batch: number, classes: number) => number }> = {
  'snntorch ce_rate_loss': { kind: 'ce_rate', meanOver: overBatch },
  'snntorch ce_count_loss': { kind: 'ce_count', meanOver: overBatch },
  'snntorch ce_max_membrane_loss': { kind: 'ce_max_membrane', meanOver: overBatch },
  'snntorch ce_temporal_loss': { kind: 'ce_temporal', meanOver: overBatch },
  'snntorch mse_count_loss': { kind: 'mse_count', meanOver: overElements },
  'snntorch mse_membrane_loss': { kind: 'mse_membrane', meanOver: overElements },
  'snntorch mse_temporal_loss': { kind: 'mse_temporal', meanOver: overElements },
  'seed ce_spike_count': { kind: 'ce_count', meanOver: overBatch },
  'seed ce_sum_mem_steps': { kind: 'ce_membrane_sum', meanOver: overBatch },
  'seed mse_firing_rate': { kind: 'mse_rate', meanOver: overElements },
}

/** Arguments of snnTorch's losses, by our names. */
const argumentNames: Record<string, Record<string, string>> = {
  ce_count: { num_classes: 'classes' },
  ce_temporal: { inverse: 'inverse' },
  mse_count: { correct_rate: 'correctRate', incorrect_rate: 'incorrectRate', num_classes: 'classes' },
  mse_membrane: { on_target: 'onTarget', off_target: 'offTarget' },
  mse_temporal: { on_target: 'onTime', off_target: 'offTime', tolerance: 'tolerance' },
}

/** Arguments that the vectors were made with where a case names none, as their gradients tell. */
const argumentsOfVectors: Partial<Record<LossKind, FieldValues>> = {
  mse_count: { correctRate: 0.8, incorrectRate: 0.2 },
  mse_membrane: { onTarget: 1.1, offTarget: 0.1 },
}

/**
 * snnTorch makes its targets as clamp(onehot · on, min = off), so that a target below 0 comes out as 0 and its
 * own defaults (0, -1) want every output at step 0. Our -1 is the last step.
 */
function liftTargets(params: FieldValues): void {
  const [on, off] = [Number(params.onTime), Number(params.offTime)]
  if (on > off) params.offTime = Math.max(0, off)
  else params.onTime = Math.max(0, on)
}

/** The settings of a case: arguments beside the loss or under `params`. */
function settingsOf(kind: LossKind, golden: LossCase): LossSettings {
  const names = argumentNames[kind] ?? {}
  const found: Record<string, unknown> = { ...golden, ...Object(Reflect.get(golden, 'params')) }
  refuseUnknown(`argument of ${golden.loss}`, found, [
    ...known,
    ...Object.keys(names),
    'weight',
    'population_code',
  ])
  const params: FieldValues = { ...defaultLoss(kind).params, ...argumentsOfVectors[kind] }
  for (const [theirs, ours] of Object.entries(names)) {
    const value = found[theirs]
    if (typeof value === 'number' || typeof value === 'string') params[ours] = value
  }
  if (kind === 'mse_temporal') liftTargets(params)
  if (Array.isArray(found.weight)) params.classWeights = found.weight.join(', ')
  return { kind, params }
}

const known = ['framework', 'loss', 'reduction', 'on', 'value', 'target', 'expect', 'expect_grad', 'params']

const cases = goldenCases<LossCase>(
  'losses',
  ({ framework, loss, reduction, on }) => `${framework} ${loss} ${reduction} on ${on}`,
)

/**
 * Without memory (β = 0) and reset, the recorded membrane is the input, and spikes given as input come out as
 * they are; the straight-through surrogate then hands the loss's gradient to the input unchanged.
 */
const transparent = { reset: 'none', surrogate: defaultSurrogate('straight_through_estimator') }
const tensors = { 'neuron.beta': [0], 'neuron.threshold': [0.5] }

describe('losses', () => {
  for (const { name, golden } of cases) {
    onEveryBackend(name, (backend) => {
      const mapped = losses[`${golden.framework} ${golden.loss}`]
      if (!mapped) return unsupported(`loss ${golden.loss} of ${golden.framework}`)
      const loss = settingsOf(mapped.kind, golden)
      const [, batch, classes] = golden.value.shape
      if (golden.on === 'spk' && golden.value.data.some((value) => value !== 0 && value !== 1)) {
        unsupported('spikes other than 0 and 1')
      }
      const program = neuronProgram('leaky', transparent, golden.value.shape, { loss })
      const executor = executorWith(backend, program, tensors)
      const values = Float32Array.from(golden.value.data)
      const labels = Uint8Array.from(golden.target)
      const { result, gradients } = executor.gradients({ kind: 'values', values, labels })
      const factor = golden.reduction === 'sum' ? mapped.meanOver(batch, classes) : 1
      expectWithin('loss', [result.loss * factor], [golden.expect], 1e-5 * Math.max(1, golden.expect))
      const found = findTensor(gradients, 'input').map((gradient) => gradient * factor)
      expectWithin('gradient', found, golden.expect_grad.data, 1e-5)
      executor.dispose()
    })
  }
})
