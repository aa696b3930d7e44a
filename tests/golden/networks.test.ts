import { defaultLoss } from '../../src-shared/lossTables.ts'
import { describe } from 'vitest'
import { compileNetwork } from '../../src-main/engine/compile.ts'
import type { OptimizerSettings } from '../../src-shared/experiment.ts'
import { expectRelative, expectSpikes } from './compare.ts'
import { readNetworkWords } from './networkSpec.ts'
import { effectiveState, nameLayers, type GoldenState } from './networkState.ts'
import { executorWith, findTensor } from './neuronProgram.ts'
import { onEveryBackend, refuseUnknown, unsupported } from './support.ts'
import { goldenCases, type GoldenArray } from './vectors.ts'

interface GoldenOptimizer extends Record<string, unknown> {
  name: string
  lr: number
  betas?: [number, number]
  eps?: number
  momentum?: number
  nesterov?: boolean
  dampening?: number
  weight_decay?: number
}

interface NetworkCase {
  name: string
  spec: string
  optimizer: GoldenOptimizer
  static_input: boolean
  input: GoldenArray
  target: number[]
  state: GoldenState
  expect_first_output: GoldenArray
  expect_first_grads: GoldenState
  expect_losses: number[]
  expect_state: GoldenState
}

function mapAdam({ betas = [0.9, 0.999], eps = 1e-8, ...other }: GoldenOptimizer): OptimizerSettings {
  refuseUnknown('Adam argument', other, ['name', 'lr', 'weight_decay'])
  const params = { learningRate: other.lr, beta1: betas[0], beta2: betas[1], epsilon: eps }
  return { kind: 'adam', params: { ...params, weightDecay: other.weight_decay ?? 0 } }
}

/** torch's AdamW has a weight decay of its own. */
function mapAdamW(optimizer: GoldenOptimizer): OptimizerSettings {
  const { params } = mapAdam({ ...optimizer, weight_decay: optimizer.weight_decay ?? 0.01 })
  return { kind: 'adamw', params }
}

function mapSgd({
  momentum = 0,
  nesterov = false,
  dampening = 0,
  ...other
}: GoldenOptimizer): OptimizerSettings {
  refuseUnknown('SGD argument', other, ['name', 'lr', 'weight_decay'])
  const params = { learningRate: other.lr, momentum, dampening, nesterov }
  return { kind: 'sgd', params: { ...params, weightDecay: other.weight_decay ?? 0 } }
}

/** The optimizers that we have, by torch's name in lower case. */
const optimizers: Record<string, (optimizer: GoldenOptimizer) => OptimizerSettings> = {
  adam: mapAdam,
  adamw: mapAdamW,
  sgd: mapSgd,
}

function compileCase({ spec, ...golden }: NetworkCase) {
  const words = readNetworkWords(spec)
  const map = optimizers[golden.optimizer.name.toLowerCase()]
  const optimizer = map ? map(golden.optimizer) : unsupported(`optimizer ${golden.optimizer.name}`)
  const [timeSteps, batchSize] = golden.expect_first_output.shape
  const shape = golden.input.shape.slice(golden.static_input ? 1 : 2)
  const state = effectiveState(golden.state)
  const layers = nameLayers(words.layers, state, Object.keys(golden.expect_first_grads))
  return compileNetwork({
    model: { version: 1, name: golden.name, input: { shape }, layers },
    timeSteps,
    batchSize,
    encoding: { kind: 'given', static: golden.static_input },
    loss: defaultLoss(words.loss),
    optimizer,
    seed: 0,
  })
}

/** Over the steps: what a batch norm makes of a batch while it trains shows in the counts alone. */
function summed({ shape: [, ...shape], data }: GoldenArray): GoldenArray {
  const size = shape.reduce((product, length) => product * length, 1)
  const sums = Array<number>(size).fill(0)
  data.forEach((value, i) => (sums[i % size] += value))
  return { shape, data: sums }
}

const isSpikes = ({ data }: GoldenArray) => data.every((value) => value === 0 || value === 1)

describe('networks', () => {
  for (const { name, golden } of goldenCases<NetworkCase>('networks', (network) => network.name)) {
    onEveryBackend(name, (backend) => {
      const program = compileCase(golden)
      const state = Object.entries(effectiveState(golden.state)).map(([key, { data }]) => [key, data])
      const executor = executorWith(backend, program, Object.fromEntries(state))
      const values = Float32Array.from(golden.input.data)
      const batch = { kind: 'values' as const, values, labels: Uint8Array.from(golden.target) }

      const { result, gradients } = executor.gradients(batch)
      const output = executor.trace(batch).at(-1) ?? unsupported('a network without neurons')
      const first = golden.expect_first_output
      if (program.forward.some((op) => op.op === 'batchNorm')) {
        expectSpikes('first counts', result.counts, summed(first))
      } else if (isSpikes(first)) expectSpikes('first output', output.spikes, first)
      else expectRelative('first output (membrane)', output.membrane, first.data, 1e-4)

      for (const [key, wanted] of Object.entries(golden.expect_first_grads)) {
        expectRelative(`gradient of ${key}`, findTensor(gradients, key), wanted.data, 1e-4)
      }
      golden.expect_losses.forEach((wanted, step) => {
        expectRelative(`loss of step ${step}`, [executor.train(batch).loss], [wanted], 1e-4)
      })
      const after = executor.readState().parameters
      for (const [key, wanted] of Object.entries(effectiveState(golden.expect_state))) {
        expectRelative(`${key} after the steps`, findTensor(after, key), wanted.data, 1e-4)
      }
      executor.dispose()
    })
  }
})
