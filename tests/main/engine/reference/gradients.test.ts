import { defaultLoss } from '../../../../src-shared/lossTables.ts'
import { describe, expect, it } from 'vitest'
import { createExecutor } from '../../../../src-main/engine/backends/index.ts'
import { compileNetwork } from '../../../../src-main/engine/compile.ts'
import type { Executor, ValueBatch } from '../../../../src-main/engine/executor.ts'
import { layer, network, numbers, tensor, valueBatch } from '../fixtures.ts'

/** A threshold out of reach: no spikes, so the loss on the membrane is smooth in everything before it. */
const quiet = { threshold: 500, beta: 0.75, reset: 'none' }

const networks = {
  'one linear layer, static input': {
    layers: [layer('fc', 'linear', { outputs: 3 }), layer('n', 'leaky', quiet)],
    static: true,
  },
  'one linear layer, sequence': {
    layers: [layer('fc', 'linear', { outputs: 3 }), layer('n', 'leaky', quiet)],
    static: false,
  },
  'two linear layers without a neuron between': {
    layers: [
      layer('fc1', 'linear', { outputs: 5, bias: false }),
      layer('fc2', 'linear', { outputs: 3 }),
      layer('n', 'lif', { threshold: 500, tau: 3 }),
    ],
    static: true,
  },
  'a learned decay per neuron': {
    layers: [
      layer('fc', 'linear', { outputs: 3 }),
      layer('n', 'leaky', { ...quiet, learnBeta: true, betaPerNeuron: true }),
    ],
    static: true,
  },
  'a learned decay of all': {
    layers: [layer('fc', 'linear', { outputs: 3 }), layer('n', 'leaky', { ...quiet, learnBeta: true })],
    static: false,
  },
  'a residual sum of a value that three layers read, static': {
    layers: [
      layer('a', 'linear', { outputs: 3 }),
      layer('b', 'linear', { outputs: 3 }),
      { ...layer('c', 'linear', { outputs: 3 }), inputs: ['a'] },
      { ...layer('sum', 'add'), inputs: ['a', 'b', 'c'] },
      layer('n', 'leaky', quiet),
    ],
    static: true,
  },
  'the input side by side with what becomes of it': {
    layers: [
      layer('a', 'linear', { outputs: 3 }),
      { ...layer('wide', 'concat'), inputs: ['input', 'a'] },
      layer('b', 'linear', { outputs: 3 }),
      { ...layer('sum', 'add'), inputs: ['b', 'a'] },
      layer('n', 'leaky', quiet),
    ],
    static: false,
  },
  'a static branch and one that draws a mask at every step': {
    layers: [
      layer('a', 'linear', { outputs: 3 }),
      layer('drop', 'dropout', { probability: 0, mask: 'step' }),
      { ...layer('sum', 'add'), inputs: ['a', 'drop'] },
      { ...layer('wide', 'concat'), inputs: ['sum', 'a'] },
      layer('b', 'linear', { outputs: 3 }),
      layer('n', 'leaky', quiet),
    ],
    static: true,
  },
  'branches over maps that are flattened': {
    layers: [
      layer('a', 'conv1d', { outputs: 2, kernel: 3, padding: 1 }),
      { ...layer('maps', 'concat'), inputs: ['a', 'input'] },
      layer('flat', 'flatten'),
      { ...layer('alone', 'flatten'), inputs: ['a'] },
      { ...layer('both', 'concat'), inputs: ['alone', 'flat'] },
      layer('b', 'linear', { outputs: 3 }),
      layer('n', 'leaky', quiet),
    ],
    static: false,
    shape: [2, 2],
  },
}

function lossAt(executor: Executor, batch: ValueBatch, name: string, element: number, by: number) {
  const state = executor.readState()
  const moved = structuredClone(state)
  const values = tensor(moved.parameters, name)
  values[element] += by
  executor.writeState(moved)
  const { loss } = executor.evaluate(batch)
  executor.writeState(state)
  return { loss, at: values[element] }
}

describe('finite differences of the membrane loss', () => {
  it.each(Object.entries(networks))('%s', (_name, { layers, static: isStatic, ...given }) => {
    const encoding = { kind: 'given' as const, static: isStatic }
    const program = compileNetwork(
      network(layers, 'shape' in given ? given.shape : [4], {
        encoding,
        loss: defaultLoss('ce_membrane_sum'),
        inputGradient: true,
      }),
    )
    const executor = createExecutor('reference', program, 1)
    const batch = valueBatch(numbers((isStatic ? 1 : 5) * 2 * 4, 7, -1, 1), [2, 0])
    const { gradients } = executor.gradients(batch)
    const step = 1 / 64
    for (const { name, data } of gradients) {
      data.forEach((gradient, element) => {
        const ends = [-step, step].map((by) => {
          if (name !== 'input') return lossAt(executor, batch, name, element, by)
          const values = batch.values.slice()
          values[element] += by
          return { loss: executor.evaluate({ ...batch, values }).loss, at: values[element] }
        })
        const slope = (ends[1].loss - ends[0].loss) / (ends[1].at - ends[0].at)
        expect(
          Math.abs(gradient - slope),
          `${name}[${element}] is ${gradient}, should be ${slope}`,
        ).toBeLessThan(3e-3 * (1 + Math.abs(slope)))
      })
    }
    expect(gradients.some(({ data }) => data.some((gradient) => Math.abs(gradient) > 0.05))).toBe(true)
  })
})
