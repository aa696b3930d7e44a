import { describe, expect, it } from 'vitest'
import { Memory } from '../../../../src-main/engine/backends/reference/memory.ts'
import { updateAll } from '../../../../src-main/engine/backends/reference/ops/update.ts'
import { compileNetwork } from '../../../../src-main/engine/compile.ts'
import type { OptimizerSettings } from '../../../../src-shared/experiment.ts'
import { layer, network } from '../fixtures.ts'

/** Steps one learned threshold through a list of gradients and returns its values. */
function follow(optimizer: OptimizerSettings, gradients: readonly number[]): number[] {
  const neuron = layer('n', 'leaky', { learnThreshold: true })
  const program = compileNetwork(network([neuron], [2], { optimizer }))
  const memory = new Memory(program)
  memory.tensor('n.threshold')[0] = 1
  return gradients.map((gradient, step) => {
    memory.tensor('n.threshold.gradient')[0] = gradient
    updateAll(program, memory, step)
    return memory.tensor('n.threshold')[0]
  })
}

const adamWith = (changed = {}): OptimizerSettings => ({
  kind: 'adam',
  params: { learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, ...changed },
})
const sgdWith = (changed = {}): OptimizerSettings => ({
  kind: 'sgd',
  params: { learningRate: 0.1, momentum: 0, nesterov: false, weightDecay: 0, ...changed },
})

const expectNear = (found: number[], wanted: number[]) =>
  wanted.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 5))

describe('Adam', () => {
  it('takes a first step of the learning rate, whatever the size of the gradient', () => {
    expectNear(follow(adamWith(), [1e-3]), [0.9])
    expectNear(follow(adamWith(), [-500]), [1.1])
  })

  it('corrects both moments for their start', () => {
    // m̂ = (0.9·0.1·1 + 0.1·(-2)) / 0.19, v̂ = (0.999·0.001·1 + 0.001·4) / 0.001999
    const second = (0.1 * (0.09 - 0.2)) / 0.19 / Math.sqrt((0.000999 + 0.004) / 0.001999)
    expectNear(follow(adamWith(), [1, -2]), [0.9, 0.9 - second])
  })

  it('adds weight decay to the gradient and epsilon to the root', () => {
    expectNear(follow(adamWith({ weightDecay: 0.5 }), [-0.5]), [1])
    expectNear(follow(adamWith({ epsilon: 1 }), [1]), [0.95])
  })
})

describe('SGD', () => {
  it('goes down the gradient', () => {
    expectNear(follow(sgdWith(), [2, 2]), [0.8, 0.6])
  })

  it('starts its momentum buffer as the first gradient', () => {
    expectNear(follow(sgdWith({ momentum: 0.5 }), [2, 2, 0]), [0.8, 0.5, 0.35])
  })

  it('looks ahead with Nesterov', () => {
    expectNear(follow(sgdWith({ momentum: 0.5, nesterov: true }), [2, 2]), [0.7, 0.35])
  })

  it('adds weight decay to the gradient', () => {
    expectNear(follow(sgdWith({ weightDecay: 1 }), [0, 0]), [0.9, 0.81])
  })
})
