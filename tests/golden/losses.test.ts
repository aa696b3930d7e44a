import { describe } from 'vitest'
import type { LossKind } from '../../src-shared/experiment.ts'
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

/** The losses that we have, by framework and name, and what a sum is made of where we take the mean. */
const losses: Record<string, { kind: LossKind; meanOver: (batch: number, classes: number) => number }> = {
  'snntorch ce_count_loss': { kind: 'ce_count', meanOver: (batch) => batch },
  'seed ce_spike_count': { kind: 'ce_count', meanOver: (batch) => batch },
  'seed ce_sum_mem_steps': { kind: 'ce_membrane_sum', meanOver: (batch) => batch },
  'seed mse_firing_rate': { kind: 'mse_rate', meanOver: (batch, classes) => batch * classes },
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
      refuseUnknown(`argument of ${golden.loss}`, { ...golden }, known)
      refuseUnknown(`argument of ${golden.loss}`, Object(Reflect.get(golden, 'params')), [])
      const [, batch, classes] = golden.value.shape
      if (golden.on === 'spk' && golden.value.data.some((value) => value !== 0 && value !== 1)) {
        unsupported('spikes other than 0 and 1')
      }
      const program = neuronProgram('leaky', transparent, golden.value.shape, { loss: mapped.kind })
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
