import { defaultLoss } from '../../../../src-shared/lossTables.ts'
import { describe, expect, it } from 'vitest'
import { createExecutor } from '../../../../src-main/engine/backends/index.ts'
import { compileNetwork } from '../../../../src-main/engine/compile.ts'
import type { Executor, ValueBatch } from '../../../../src-main/engine/executor.ts'
import type { LayerNode } from '../../../../src-shared/model/document.ts'
import { layer, network, numbers, tensor, valueBatch } from '../fixtures.ts'

/** No spikes, so that the loss on the membrane is smooth in everything before it. */
const quiet = layer('n', 'leaky', { threshold: 500, beta: 0.75, reset: 'none' })
const flat = layer('flat', 'flatten')

const networks: Record<string, { layers: LayerNode[]; shape: number[] }> = {
  conv2d: {
    layers: [layer('c', 'conv2d', { outputs: 2, kernel: 3, padding: 1, stride: 2 }), flat, quiet],
    shape: [2, 5, 4],
  },
  'conv2d in groups, dilated, without bias': {
    layers: [
      layer('c', 'conv2d', { outputs: 4, kernel: 2, dilation: 2, groups: 2, bias: false }),
      flat,
      layer('fc', 'linear', { outputs: 3 }),
      quiet,
    ],
    shape: [2, 4, 5],
  },
  conv1d: {
    layers: [layer('c', 'conv1d', { outputs: 3, kernel: 3, padding: 2 }), flat, quiet],
    shape: [2, 5],
  },
  'max pooling with padding': {
    layers: [layer('p', 'maxpool2d', { kernel: 3, stride: 2, padding: 1 }), flat, quiet],
    shape: [2, 5, 4],
  },
  'average pooling': {
    layers: [layer('p', 'avgpool2d', { kernel: 2, stride: 1, padding: 1 }), flat, quiet],
    shape: [1, 3, 4],
  },
  'pooling in one dimension': {
    layers: [layer('p', 'maxpool1d'), layer('q', 'avgpool1d'), flat, quiet],
    shape: [3, 9],
  },
  'adaptive pooling': {
    layers: [layer('p', 'adaptiveavgpool2d', { size: 2 }), flat, quiet],
    shape: [2, 5, 3],
  },
  'adaptive pooling in one dimension': {
    layers: [layer('p', 'adaptiveavgpool1d', { size: 3 }), flat, quiet],
    shape: [2, 7],
  },
  'batch norm over steps and batch': {
    layers: [layer('b', 'batchnorm2d'), flat, layer('fc', 'linear', { outputs: 3 }), quiet],
    shape: [2, 2, 2],
  },
  'batch norm at every step, without scale': {
    layers: [
      layer('fc1', 'linear', { outputs: 4 }),
      layer('b', 'batchnorm1d', { statistics: 'step', affine: false }),
      layer('fc2', 'linear', { outputs: 3 }),
      quiet,
    ],
    shape: [3],
  },
}

/** Seeded numbers of which no two are so near that a step of the test could change which is larger. */
function apart(count: number, seed: number): Float32Array {
  const order = numbers(count, seed)
  const ranked = [...order.keys()].sort((a, b) => order[a] - order[b])
  const values = new Float32Array(count)
  ranked.forEach((at, rank) => (values[at] = (rank - count / 2) / 64))
  return values
}

Object.assign(networks, {
  'dropout of the sequence': {
    layers: [layer('d', 'dropout', { probability: 0.4 }), layer('fc', 'linear', { outputs: 3 }), quiet],
    shape: [4],
  },
  'dropout at every step': {
    layers: [
      layer('d', 'dropout', { probability: 0.4, mask: 'step' }),
      layer('fc', 'linear', { outputs: 3 }),
      quiet,
    ],
    shape: [4],
  },
})

const size = (shape: number[]) => shape.reduce((product, length) => product * length, 1)

function lossAt(executor: Executor, batch: ValueBatch, name: string, element: number, by: number) {
  const state = executor.readState()
  const moved = structuredClone(state)
  const values = name === 'input' ? batch.values.slice() : tensor(moved.parameters, name)
  values[element] += by
  executor.writeState(moved)
  const given = name === 'input' ? { ...batch, values } : batch
  const { loss } = executor.gradients(given).result
  executor.writeState(state)
  return { loss, at: values[element] }
}

const cases = Object.entries(networks).flatMap(([name, network_]) =>
  [true, false].map(
    (isStatic) => [`${name}, ${isStatic ? 'static' : 'sequence'}`, network_, isStatic] as const,
  ),
)

describe('finite differences of the membrane loss', () => {
  it.each(cases)('%s', (_name, { layers, shape }, isStatic) => {
    const encoding = { kind: 'given' as const, static: isStatic }
    const spec = network(layers, shape, {
      encoding,
      loss: defaultLoss('ce_membrane_sum'),
      inputGradient: true,
      timeSteps: 3,
      batchSize: 5,
    })
    const executor = createExecutor('reference', compileNetwork(spec), 1)
    const labels = [2, 0, 1, 1, 0]
    const batch = valueBatch(apart((isStatic ? 1 : 3) * labels.length * size(shape), 7), labels)
    const { gradients } = executor.gradients(batch)
    const step = 1 / 256
    for (const { name, data } of gradients) {
      data.forEach((gradient, element) => {
        const ends = [-step, step].map((by) => lossAt(executor, batch, name, element, by))
        const slope = (ends[1].loss - ends[0].loss) / (ends[1].at - ends[0].at)
        const words = `${name}[${element}] is ${gradient}, should be ${slope}`
        expect(Math.abs(gradient - slope), words).toBeLessThan(6e-3 * (1 + Math.abs(slope)))
      })
    }
    expect(gradients.some(({ data }) => data.some((gradient) => Math.abs(gradient) > 0.05))).toBe(true)
  })
})

describe('a static input', () => {
  const layers = (statistics: string) => [
    layer('c', 'conv2d', { outputs: 3, padding: 1 }),
    layer('b', 'batchnorm2d', { statistics }),
    layer('n1', 'if', { threshold: 0.5 }),
    layer('p', 'maxpool2d'),
    layer('c2', 'conv2d', { outputs: 2, kernel: 2 }),
    layer('b2', 'batchnorm2d', { statistics }),
    flat,
    layer('n2', 'if', { threshold: 0.3 }),
  ]

  it.each(['sequence', 'step'])(
    'trains as the same input at every step, statistics over %s',
    (statistics) => {
      const [samples, steps, shape] = [3, 4, [2, 6, 6]]
      const still = numbers(samples * size(shape), 5)
      const repeated = Float32Array.from({ length: steps * still.length }, (_, i) => still[i % still.length])
      const run = (isStatic: boolean) => {
        const encoding = { kind: 'given' as const, static: isStatic }
        const program = compileNetwork(
          network(layers(statistics), shape, { encoding, timeSteps: steps, inputGradient: true, seed: 3 }),
        )
        const executor = createExecutor('reference', program, 1)
        const batch = valueBatch(isStatic ? still : repeated, [1, 0, 3])
        const { gradients, result } = executor.gradients(batch)
        executor.train(batch)
        return { program, gradients, state: executor.readState(), counts: result.counts }
      }
      const [hoisted, plain] = [run(true), run(false)]
      expect(hoisted.program.values.find(({ id }) => id === 'b.output')?.time).toBe('static')
      expect(plain.program.values.find(({ id }) => id === 'b.output')?.time).toBe('sequence')
      expect(hoisted.counts).toEqual(plain.counts)
      expect(hoisted.counts.some((count) => count > 0)).toBe(true)
      for (const { name, data } of hoisted.gradients) {
        if (name === 'input') continue
        tensor(plain.gradients, name).forEach((wanted, i) => expect(data[i]).toBeCloseTo(wanted, 4))
      }
      for (const name of ['b.running_mean', 'b.running_var', 'b2.running_mean', 'b2.running_var']) {
        const moved = tensor(hoisted.state.parameters, name)
        tensor(plain.state.parameters, name).forEach((wanted, i) => expect(moved[i]).toBeCloseTo(wanted, 5))
      }
    },
  )
})

describe('running statistics', () => {
  const layers = [layer('b', 'batchnorm1d', { momentum: 0.25, affine: false }), quiet]
  const spec = network(layers, [2], { timeSteps: 2, encoding: { kind: 'given', static: false } })
  const values = Float32Array.from([1, 10, 2, 20, 3, 30, 6, 20])
  const batch = valueBatch(values, [0, 1])

  it('move towards the mean and the unbiased variance in training alone', () => {
    const executor = createExecutor('reference', compileNetwork(spec), 1)
    executor.evaluate(batch)
    executor.gradients(batch)
    expect([...tensor(executor.readState().parameters, 'b.running_mean')]).toEqual([0, 0])
    executor.train(batch)
    const { parameters } = executor.readState()
    expect([...tensor(parameters, 'b.running_mean')]).toEqual([0.75, 5])
    const wanted = [0.75 + 0.25 * (14 / 3), 0.75 + 0.25 * (200 / 3)]
    tensor(parameters, 'b.running_var').forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 5))
  })

  it('normalise in evaluation', () => {
    const executor = createExecutor('reference', compileNetwork(spec), 1)
    const state = executor.readState()
    tensor(state.parameters, 'b.running_mean').set([1, 10])
    tensor(state.parameters, 'b.running_var').set([4, 100])
    executor.writeState(state)
    const [{ membrane }] = executor.trace(batch)
    const wanted = [0, 0, 0.5, 1, 1, 2, 0.75 * 0.5 + 2.5, 0.75 + 1]
    membrane.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 4))
  })
})

describe('dropout', () => {
  const fourSteps = { timeSteps: 4, batchSize: 50, encoding: { kind: 'given' as const, static: false } }
  /** The values that pass, seen as the current of a neuron that forgets at once. */
  function passed(mask: string, train: boolean): Float32Array[] {
    const layers = [
      layer('d', 'dropout', { probability: 0.3, mask }),
      layer('n', 'leaky', { beta: 0, threshold: 0.5, reset: 'none' }),
    ]
    const executor = createExecutor('reference', compileNetwork(network(layers, [20], fourSteps)), 1)
    const batch = valueBatch(new Float32Array(4 * 50 * 20).fill(1), Array<number>(50).fill(0))
    return [0, 1].map(() => (train ? executor.train(batch) : executor.evaluate(batch)).counts)
  }

  it('passes everything in evaluation', () => {
    expect(passed('step', false)[0].every((count) => count === 4)).toBe(true)
  })

  it('keeps a mask for the sequence, and draws another for the next batch', () => {
    const [first, second] = passed('sequence', true)
    expect(first.every((count) => count === 0 || count === 4)).toBe(true)
    expect(second).not.toEqual(first)
    const kept = first.filter((count) => count === 4).length / first.length
    expect(Math.abs(kept - 0.7)).toBeLessThan(0.05)
  })

  it('draws a mask at every step where it is told to', () => {
    const [counts] = passed('step', true)
    expect(new Set(counts).size).toBe(5)
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
    expect(Math.abs(mean - 2.8)).toBeLessThan(0.15)
  })
})
