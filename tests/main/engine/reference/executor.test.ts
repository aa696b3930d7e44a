import { describe, expect, it } from 'vitest'
import { createExecutor, engineInfos, findBackend } from '../../../../src-main/engine/backends/index.ts'
import { compileNetwork, type NetworkSpec } from '../../../../src-main/engine/compile.ts'
import type { SampleBatch } from '../../../../src-main/engine/executor.ts'
import { initialState } from '../../../../src-main/engine/initialise.ts'
import { SpikedeskError, type ErrorCode } from '../../../../src-shared/errors/index.ts'
import { constantEncoding, layer, network, noise, numbers, valueBatch } from '../fixtures.ts'

const layers = [
  layer('fc1', 'linear', { outputs: 6 }),
  layer('n1', 'leaky', { threshold: 0.3 }),
  layer('fc2', 'linear', { outputs: 3 }),
  layer('n2', 'leaky', { threshold: 0.2 }),
]

function executorOf(other: Partial<NetworkSpec> = {}) {
  const program = compileNetwork(network(layers, [8], { encoding: constantEncoding, ...other }))
  const executor = createExecutor('reference', program, 3)
  if (other.encoding?.kind !== 'given') executor.bind('train', noise(10, 8, 3))
  return executor
}

const samples = (indices: number[], epoch = 0): SampleBatch => ({
  kind: 'samples',
  split: 'train',
  indices: Uint32Array.from(indices),
  epoch,
})

function expectCode(code: ErrorCode, run: () => unknown): void {
  let thrown: unknown
  try {
    run()
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(SpikedeskError)
  expect(thrown).toMatchObject({ code })
  expect((thrown as SpikedeskError).message).not.toMatch(/\{\w+\}/)
}

describe('the table of backends', () => {
  it('has the reference', () => {
    expect(findBackend('reference').unavailable()).toBeNull()
    expect(engineInfos()).toContainEqual({
      id: 'reference',
      device: 'TypeScript',
      threads: 1,
      unavailable: null,
    })
  })

  it('names the engines where one is unknown', () => {
    expectCode('engine.unknown', () => findBackend('tpu'))
  })
})

describe('an executor', () => {
  it('starts in the initial state and has one thread', () => {
    const executor = executorOf()
    expect(executor.readState()).toEqual(initialState(executor.program))
    expect(executor.threads).toBe(1)
  })

  it('learns what it is shown', () => {
    const optimizer = {
      kind: 'adam' as const,
      params: { learningRate: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 },
    }
    const executor = executorOf({ optimizer })
    const losses = Array.from({ length: 60 }, () => executor.train(samples([0, 1, 2, 3])).loss)
    expect(losses[59]).toBeLessThan(losses[0] * 0.6)
    expect(executor.evaluate(samples([0, 1, 2, 3])).correct).toBe(4)
    expect(executor.readState().step).toBe(60)
  })

  it('goes on from a state bit for bit', () => {
    const one = executorOf({ encoding: { kind: 'poisson', params: {} } })
    const batches = [samples([0, 1, 2, 3]), samples([4, 5, 6]), samples([7, 8, 9, 0], 1), samples([1], 2)]
    for (const batch of batches.slice(0, 2)) one.train(batch)
    const two = executorOf({ encoding: { kind: 'poisson', params: {} } })
    two.writeState(structuredClone(one.readState()))
    for (const batch of batches.slice(2)) expect(two.train(batch)).toEqual(one.train(batch))
    expect(two.readState()).toEqual(one.readState())
  })

  it('hands out copies of its state', () => {
    const executor = executorOf()
    executor.readState().parameters[0].data.fill(9)
    expect(executor.readState()).toEqual(initialState(executor.program))
  })

  it('gives a short batch what it would give each sample alone', () => {
    const executor = executorOf()
    const { predictions, counts, loss } = executor.evaluate(samples([3, 5]))
    const alone = [3, 5].map((index) => executor.evaluate(samples([index])))
    expect([...predictions]).toEqual(alone.map((result) => result.predictions[0]))
    expect([...counts]).toEqual(alone.flatMap((result) => [...result.counts]))
    expect(loss).toBeCloseTo((alone[0].loss + alone[1].loss) / 2, 12)
  })

  it('takes the first class of equals', () => {
    const executor = executorOf()
    const state = executor.readState()
    for (const { data } of state.parameters.slice(4)) data.fill(0)
    executor.writeState(state)
    expect([...executor.evaluate(samples([0, 1])).predictions]).toEqual([0, 0])
  })

  it('counts the spikes that it traces', () => {
    const executor = executorOf()
    const { layerSpikes, counts } = executor.evaluate(samples([0, 1, 2]))
    const traces = executor.trace(samples([0, 1, 2]))
    expect(traces.map((trace) => trace.layer)).toEqual(['n1', 'n2'])
    expect(traces.map((trace) => trace.spikes.reduce((sum, spike) => sum + spike, 0))).toEqual([
      ...layerSpikes,
    ])
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(layerSpikes[1])
    expect(traces[0].membrane.length).toBe(5 * 3 * 6)
  })

  it('changes nothing when it evaluates, traces or takes gradients', () => {
    const executor = executorOf()
    executor.evaluate(samples([0]))
    executor.trace(samples([0]))
    executor.gradients(samples([0]))
    expect(executor.readState()).toEqual(initialState(executor.program))
  })

  it('trains by the gradients that it gives', () => {
    const params = { learningRate: 1, momentum: 0, nesterov: false, weightDecay: 0 }
    const executor = executorOf({ optimizer: { kind: 'sgd', params } })
    const before = executor.readState().parameters
    const { gradients } = executor.gradients(samples([0, 1, 2]))
    executor.train(samples([0, 1, 2]))
    for (const { name, data } of executor.readState().parameters) {
      const gradient = gradients.find((each) => each.name === name)?.data
      const old = before.find((each) => each.name === name)?.data
      data.forEach((value, i) => expect(value).toBe(Math.fround((old?.[i] ?? 0) - (gradient?.[i] ?? 0))))
    }
  })

  it('takes a static input as the same input at every step', () => {
    const values = numbers(2 * 8, 5, 0, 2)
    const once = executorOf({ encoding: { kind: 'given', static: true }, inputGradient: true })
    const every = executorOf({ encoding: { kind: 'given', static: false }, inputGradient: true })
    const repeated = Float32Array.from({ length: 5 * 16 }, (_, i) => values[i % 16])
    const [a, b] = [once.gradients(valueBatch(values, [1, 2])), every.gradients(valueBatch(repeated, [1, 2]))]
    expect(a.result).toEqual(b.result)
    const sum = Float64Array.from({ length: 16 }, (_, i) =>
      [0, 1, 2, 3, 4].reduce((total, t) => total + (b.gradients.at(-1)?.data[t * 16 + i] ?? 0), 0),
    )
    expect(a.gradients.at(-1)?.shape).toEqual([1, 2, 8])
    a.gradients.at(-1)?.data.forEach((gradient, i) => expect(gradient).toBeCloseTo(sum[i], 5))
  })

  it('forgets given gradients after it was given them', () => {
    const executor = executorOf({ encoding: { kind: 'given', static: true } })
    const batch = valueBatch(numbers(16, 5, 0, 2), [1, 2])
    const before = executor.gradients(batch)
    executor.backpropagate(batch, { spikes: new Float32Array(5 * 2 * 3).fill(7), membrane: null })
    expect(executor.gradients(batch)).toEqual(before)
  })
})

describe('bad arguments', () => {
  const given = { encoding: { kind: 'given' as const, static: true } }

  it('are named', () => {
    const executor = executorOf()
    expectCode('engine.sample', () => executor.train(samples([0, 10])))
    expectCode('engine.batch', () => executor.train(samples([])))
    expectCode('engine.batch', () => executor.train(samples([0, 1, 2, 3, 4])))
    expectCode('engine.unbound', () => executor.train({ ...samples([0]), split: 'test' }))
    expectCode('engine.input', () => executor.train(valueBatch(new Float32Array(8), [0])))
    expectCode('engine.source', () => executor.bind('test', { ...noise(4, 8, 3), count: 5 }))
    expectCode('engine.label', () => executor.bind('test', noise(4, 8, 4)))
  })

  it('of given values are named', () => {
    const executor = executorOf(given)
    expectCode('engine.input', () => executor.train(samples([0])))
    expectCode('engine.values', () => executor.train(valueBatch(new Float32Array(9), [0])))
    expectCode('engine.label', () => executor.train(valueBatch(new Float32Array(8), [3])))
    const batch = valueBatch(new Float32Array(8), [0])
    expectCode('engine.values', () =>
      executor.backpropagate(batch, { spikes: new Float32Array(1), membrane: null }),
    )
  })

  it('of a state are named, and leave the state as it was', () => {
    const executor = executorOf()
    const state = initialState(executor.program)
    const first = { ...state.parameters[0], name: 'fc9.weight' }
    const wrong = [
      { ...state, parameters: state.parameters.slice(1) },
      { ...state, parameters: [...state.parameters, first] },
      { ...state, parameters: [...state.parameters, state.parameters[0]] },
      {
        ...state,
        parameters: state.parameters.map((tensor) => ({ ...tensor, shape: [...tensor.shape, 1] })),
      },
      { ...state, parameters: state.parameters.map((tensor) => ({ ...tensor, data: new Float32Array(1) })) },
      { ...state, optimizer: [] },
      { ...state, step: -1 },
    ]
    for (const each of wrong) expectCode('engine.state', () => executor.writeState(each))
    expect(executor.readState()).toEqual(state)
  })
})
