import { describe, expect, it } from 'vitest'
import { compileExperiment, compileNetwork } from '../../../src-main/engine/compile.ts'
import { initialState } from '../../../src-main/engine/initialise.ts'
import { uniformStream } from '../../../src-shared/philox.ts'
import { presets } from '../../../src-shared/model/presets.ts'
import { layer, network, tensor } from './fixtures.ts'

const program = compileExperiment({ ...presets[0].experiment, seed: 42 })
const state = initialState(program)

describe('initialState', () => {
  it('draws weights and biases uniformly from ±1/√inputs', () => {
    for (const [name, bound] of [
      ['fc1.weight', 1 / 28],
      ['fc1.bias', 1 / 28],
      ['fc2.weight', 0.1],
    ] as const) {
      const values = tensor(state.parameters, name)
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
      expect(largest).toBeLessThanOrEqual(Math.fround(bound))
      expect(largest).toBeGreaterThan(bound * 0.9)
    }
    const weights = tensor(state.parameters, 'fc1.weight')
    const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length
    const variance = weights.reduce((sum, weight) => sum + weight * weight, 0) / weights.length
    expect(Math.abs(mean)).toBeLessThan(3e-4)
    expect(variance / (1 / 28 ** 2 / 3)).toBeCloseTo(1, 1)
  })

  it('takes the stream of the parameter by its index', () => {
    const index = program.parameters.findIndex(({ value }) => value === 'fc2.weight')
    const next = uniformStream(42, 'initialise', index)
    const first = tensor(state.parameters, 'fc2.weight').slice(0, 9)
    expect([...first]).toEqual(Array.from({ length: 9 }, () => Math.fround(next() * 0.2 - 0.1)))
  })

  it('depends on the seed alone', () => {
    const layers = [layer('fc', 'linear', { outputs: 5 }), layer('n', 'leaky')]
    const first = (seed: number, batchSize: number) =>
      initialState(compileNetwork(network(layers, [7], { seed, batchSize })))
    expect(first(42, 7)).toEqual(first(42, 9))
    expect(first(43, 7)).not.toEqual(first(42, 7))
  })

  it('fills constants, and the optimizer with zeros', () => {
    const neuron = layer('n', 'leaky', { beta: 0.3, betaPerNeuron: true, learnBeta: true })
    const { parameters, optimizer, step } = initialState(compileNetwork(network([neuron], [3])))
    expect(parameters).toEqual([
      { name: 'n.beta', shape: [3], data: new Float32Array(3).fill(0.3) },
      { name: 'n.threshold', shape: [], data: Float32Array.of(1) },
    ])
    expect(optimizer.map(({ name }) => name)).toEqual(['n.beta.firstMoment', 'n.beta.secondMoment'])
    expect(optimizer.every(({ data }) => data.every((value) => value === 0))).toBe(true)
    expect(step).toBe(0)
  })
})
