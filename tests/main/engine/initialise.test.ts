import { describe, expect, it } from 'vitest'
import { compileExperiment, compileNetwork } from '../../../src-main/engine/compile.ts'
import { initialState } from '../../../src-main/engine/initialise.ts'
import { presets } from '../../../src-shared/model/presets.ts'
import type { FieldValues } from '../../../src-shared/fields.ts'
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

  it('begins with the weights that torch 2.13 gives the same layers after manual_seed', () => {
    const first = (seed: number) => initialState(compileExperiment({ ...presets[0].experiment, seed }))
    const ends = (seed: number) =>
      Object.fromEntries(
        first(seed)
          .parameters.filter(({ name }) => name.startsWith('fc'))
          .map(({ name, data }) => [name, [data[0], data[1], data[2], data[data.length - 1]]]),
      )
    expect(ends(1)).toEqual({
      'fc1.weight': [
        0.018402257934212685, -0.015763510018587112, -0.0069236247800290585, 0.012314788065850735,
      ],
      'fc1.bias': [-0.005642414558678865, 0.003970240242779255, -0.030836209654808044, -0.028935506939888],
      'fc2.weight': [-0.0611828938126564, 0.021899927407503128, -0.03295179829001427, -0.08522548526525497],
      'fc2.bias': [0.006908166687935591, -0.019241822883486748, 0.045202434062957764, -0.0025096775498241186],
    })
    expect(ends(4294967295)).toEqual({
      'fc1.weight': [0.03527138754725456, 0.005093310959637165, 0.005000574514269829, 0.019360756501555443],
      'fc1.bias': [-0.022483937442302704, -0.0172150619328022, -0.012421327643096447, -0.028146669268608093],
      'fc2.weight': [0.052778031677007675, -0.06375177204608917, -0.04770885780453682, 0.0183317419141531],
      'fc2.bias': [-0.010349857620894909, -0.040880024433135986, 0.01615220308303833, -0.04705629497766495],
    })
  })

  it('depends on the seed alone', () => {
    const layers = [layer('fc', 'linear', { outputs: 5 }), layer('n', 'leaky')]
    const first = (seed: number, batchSize: number) =>
      initialState(compileNetwork(network(layers, [7], { seed, batchSize })))
    expect(first(42, 7)).toEqual(first(42, 9))
    expect(first(43, 7)).not.toEqual(first(42, 7))
  })

  it("draws what torch draws for snnTorch's LeakyParallel, with β over it or not", () => {
    const drawn = (params: FieldValues) => {
      const layers = [
        layer('p', 'leakyparallel', { outputs: 4, ...params }),
        layer('fc', 'linear', { outputs: 2 }),
        layer('n', 'leaky'),
      ]
      const { parameters } = initialState(compileNetwork(network(layers, [3], { seed: 3 })))
      const first = (name: string) =>
        [...(parameters.find((each) => each.name === name)?.data ?? [])].slice(0, 2)
      return ['p.rnn.weight_ih_l0', 'p.rnn.weight_hh_l0', 'p.rnn.bias_hh_l0', 'fc.weight'].map(first)
    }
    const expectNear = (found: number[][], wanted: number[][]) =>
      wanted.forEach((values, i) => values.forEach((value, k) => expect(found[i][k]).toBeCloseTo(value, 5)))
    expectNear(drawn({ beta: 0.9 }), [
      [-0.495736, -0.394431],
      [0.9, 0.9],
      [-0.360638, -0.448448],
      [-0.131374, -0.495676],
    ])
    expectNear(drawn({ betaGiven: false }), [
      [-0.495736, -0.394431],
      [-0.350159, 0.449183],
      [-0.360638, -0.448448],
      [-0.131374, -0.495676],
    ])
    expectNear(drawn({ betaGiven: false, dense: true, bias: false }), [
      [-0.495736, -0.394431],
      [-0.350159, -0.098531],
      [],
      [-0.378745, -0.385204],
    ])
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
