import { describe, it } from 'vitest'
import { Memory } from '../../src-main/engine/backends/reference/memory.ts'
import { updateAll } from '../../src-main/engine/backends/reference/ops/update.ts'
import { gradientOf } from '../../src-main/engine/builder.ts'
import { compileNetwork } from '../../src-main/engine/compile.ts'
import type { ClippingSettings, OptimizerSettings } from '../../src-shared/experiment.ts'
import { layer, network } from '../main/engine/fixtures.ts'
import { expectRelative } from './compare.ts'
import { goldenCases } from './vectors.ts'

interface OptimizerCase extends OptimizerSettings {
  name: string
  clipping?: { kind: 'norm' | 'value'; most: number }
  /** Values of three parameters of the given shapes, flat; their gradients and what they come to, step by step. */
  shapes: number[][]
  first: number[][]
  gradients: number[][][]
  expect: number[][][]
}

/** Parameters of the shapes of the cases. */
const names = ['fc.weight', 'fc.bias', 'n.threshold']

describe('optimizers', () => {
  for (const { name, golden } of goldenCases<OptimizerCase>('optimizers', (each) => each.name)) {
    it(name, () => {
      const { kind, params, clipping } = golden
      const clip: ClippingSettings = clipping
        ? { kind: clipping.kind, params: { most: clipping.most } }
        : { kind: 'none', params: {} }
      const [[outputs, inputs]] = golden.shapes
      const layers = [layer('fc', 'linear', { outputs }), layer('n', 'leaky', { learnThreshold: true })]
      const program = compileNetwork(
        network(layers, [inputs], { optimizer: { kind, params }, clipping: clip }),
      )
      const memory = new Memory(program)
      golden.first.forEach((values, i) => memory.tensor(names[i]).set(values))
      golden.gradients.forEach((gradients, step) => {
        gradients.forEach((values, i) => memory.tensor(gradientOf(names[i])).set(values))
        updateAll(program, memory, step)
        golden.expect[step].forEach((values, i) =>
          expectRelative(`${names[i]} after step ${step}`, memory.tensor(names[i]), values, 1e-5),
        )
      })
    })
  }
})
