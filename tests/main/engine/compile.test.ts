import { defaultLoss, lossKinds } from '../../../src-shared/lossTables.ts'
import { describe, expect, it } from 'vitest'
import { compileExperiment, compileNetwork } from '../../../src-main/engine/compile.ts'
import { findLayerOps } from '../../../src-main/engine/layers/index.ts'
import { operandsOf } from '../../../src-main/engine/operands.ts'
import { printProgram } from '../../../src-main/engine/print.ts'
import type { Program } from '../../../src-main/engine/program.ts'
import { layerDefinitions } from '../../../src-shared/model/layers/index.ts'
import { presets } from '../../../src-shared/model/presets.ts'
import { constantEncoding, layer, network } from './fixtures.ts'

const dense = [
  layer('fc1', 'linear', { outputs: 3 }),
  layer('n1', 'leaky'),
  layer('fc2', 'linear', { outputs: 2 }),
]
const two = [...dense, layer('n2', 'leaky')]

const ids = (program: Program) => program.values.map(({ id }) => id)
const timeOf = (program: Program, id: string) => program.values.find((value) => value.id === id)?.time
const allOps = ({ forward, loss, backward, update }: Program) => [...forward, loss, ...backward, ...update]

describe('presets', () => {
  it.each(presets.map(({ id, experiment }) => ({ id, experiment })))('$id', ({ experiment }) => {
    expect(printProgram(compileExperiment(experiment))).toMatchSnapshot()
  })
})

describe('compileNetwork', () => {
  it('has ops for every kind of the layer table', () => {
    for (const { kind } of layerDefinitions) expect(findLayerOps(kind), kind).toBeDefined()
  })

  it.each(presets.map(({ id, experiment }) => ({ id, experiment })))(
    'reads only what is written before, for $id',
    ({ experiment }) => {
      const program = compileExperiment(experiment)
      const kept = ['parameter', 'optimizerState']
      const ready = new Set(program.values.filter(({ role }) => kept.includes(role)).map(({ id }) => id))
      for (const op of allOps(program)) {
        const { reads, writes } = operandsOf(op)
        for (const id of reads) expect(ready, `${op.op} reads ${id}`).toContain(id)
        for (const id of writes) ready.add(id)
      }
      expect(ready).toEqual(new Set(ids(program)))
      expect(new Set(ids(program)).size).toBe(program.values.length)
    },
  )

  it('starts backward at the last neuron layer, on the gradient of the loss', () => {
    for (const kind of lossKinds) {
      const program = compileNetwork(network(two, [4], { loss: defaultLoss(kind) }))
      const membrane = kind.endsWith('membrane') || kind === 'ce_membrane_sum'
      expect(program.backward[0]).toMatchObject({
        op: 'neuronBackward',
        layer: 'n2',
        spikesGradient: membrane ? null : 'n2.spikes.gradient',
        membraneGradient: membrane ? 'n2.membrane.gradient' : null,
      })
      expect(program.loss.gradient).toBe(membrane ? 'n2.membrane.gradient' : 'n2.spikes.gradient')
    }
  })

  it('learns of a neuron what it is told to', () => {
    const neuron = layer('n', 'leaky', { learnBeta: true, betaPerNeuron: true })
    const program = compileNetwork(network([neuron], [3]))
    expect(program.backward).toMatchObject([{ parameterGradients: { beta: 'n.beta.gradient' } }])
    expect(program.update.map(({ parameter }) => parameter)).toEqual(['n.beta'])
    expect(program.parameters).toMatchObject([
      { value: 'n.beta', learnable: true },
      { value: 'n.threshold', learnable: false },
    ])
  })

  it('gives the neurons of spikingjelly their constants as numbers', () => {
    const program = compileNetwork(network([layer('n', 'lif', { tau: 3, threshold: 0.5 })], [3]))
    expect(program.parameters).toEqual([])
    expect(program.forward[1]).toMatchObject({
      parameters: {},
      neuron: { model: 'lif', tau: 3, decayInput: true, threshold: 0.5, reset: 'hard', resetValue: 0 },
    })
  })

  it('keeps for SGD without momentum nothing', () => {
    const params = { learningRate: 0.1, momentum: 0, nesterov: false, weightDecay: 0 }
    const program = compileNetwork(network(two, [4], { optimizer: { kind: 'sgd', params } }))
    expect(program.values.some(({ role }) => role === 'optimizerState')).toBe(false)
    expect(program.update[0]).toMatchObject({ op: 'sgd', momentumBuffer: null })
  })

  it('adds up what the readers of a value send back, and nothing else', () => {
    const branched = [
      ...[1, 2].flatMap((i) => [layer(`fc${i}`, 'linear', { outputs: 3 }), layer(`n${i}`, 'leaky')]),
      { ...layer('sum', 'add'), inputs: ['n1', 'fc2'] },
      { ...layer('wide', 'concat'), inputs: ['n1', 'sum', 'n2'] },
      layer('fc3', 'linear', { outputs: 3 }),
      layer('n3', 'leaky'),
    ]
    const { backward, values } = compileNetwork(network(branched, [4]))
    const sums = backward.filter((op) => op.op === 'accumulate')
    expect(sums.map(({ layer: id, inputs, output }) => [id, inputs, output])).toEqual([
      ['fc2', ['fc2.output.gradient.1', 'fc2.output.gradient.2'], 'fc2.output.gradient'],
      ['n1', ['n1.spikes.gradient.1', 'n1.spikes.gradient.2', 'n1.spikes.gradient.3'], 'n1.spikes.gradient'],
    ])
    expect(values.find(({ id }) => id === 'sum.output')?.format).toBe('float32')
    expect(backward.filter((op) => op.op === 'addBackward')).toMatchObject([
      { gradient: 'sum.output.gradient', outputs: ['n1.spikes.gradient.2', 'fc2.output.gradient.1'] },
    ])
  })

  it('takes spikes side by side for spikes, and their sum not', () => {
    const joined = (kind: string) => [
      ...two,
      { ...layer('n4', 'leaky'), inputs: ['fc2'] },
      { ...layer('join', kind), inputs: ['n2', 'n4'] },
      layer('n3', 'leaky'),
    ]
    const format = (kind: string) =>
      compileNetwork(network(joined(kind), [4])).values.find(({ id }) => id === 'join.output')?.format
    expect([format('concat'), format('add')]).toEqual(['spikes', 'float32'])
  })

  it('is the same for a chain that names its inputs', () => {
    const chained = two.map((node, i) => ({ ...node, inputs: [i === 0 ? 'input' : two[i - 1].id] }))
    expect(compileNetwork(network(chained, [4]))).toEqual(compileNetwork(network(two, [4])))
  })

  it('refuses a broken model in the words of its problem', () => {
    expect(() => compileNetwork(network(dense, [4]))).toThrow('must be a neuron layer')
    expect(() => compileExperiment({ ...presets[0].experiment, timeSteps: -5 })).toThrow(
      'Time steps is -5; it must be from 1 to 10000.',
    )
  })
})

describe('static hoisting', () => {
  it('stops where a sequence joins, and sums the gradients before', () => {
    const layers = [
      layer('a', 'linear', { outputs: 5 }),
      layer('n1', 'leaky'),
      { ...layer('sum', 'add'), inputs: ['a', 'n1'] },
      layer('n2', 'leaky'),
    ]
    const program = compileNetwork(network(layers, [4], { encoding: constantEncoding }))
    const times = [
      'a.output',
      'sum.output',
      'a.output.gradient',
      'a.output.gradient.1',
      'a.output.gradient.2',
    ]
    expect(times.map((id) => timeOf(program, id))).toEqual([
      'static',
      'sequence',
      'static',
      'static',
      'static',
    ])
  })

  it('computes a chain of stateless layers under a constant current once', () => {
    const layers = [layer('a', 'linear', { outputs: 5 }), layer('flat', 'flatten'), ...two]
    const program = compileNetwork(network(layers, [4], { encoding: constantEncoding }))
    const times = ['input', 'a.output', 'fc1.output', 'n1.spikes', 'fc2.output', 'n2.spikes']
    expect(times.map((id) => timeOf(program, id))).toEqual([
      'static',
      'static',
      'static',
      'sequence',
      'sequence',
      'sequence',
    ])
  })

  it('sums the gradient of what is static', () => {
    const program = compileNetwork(network(two, [4], { encoding: constantEncoding }))
    expect(timeOf(program, 'fc1.output.gradient')).toBe('static')
    expect(timeOf(program, 'n1.spikes.gradient')).toBe('sequence')
  })

  it('leaves spiking and given sequences alone', () => {
    for (const encoding of [
      { kind: 'poisson' as const, params: {} },
      { kind: 'given' as const, static: false },
    ]) {
      const program = compileNetwork(network(two, [4], { encoding }))
      expect(program.values.filter(({ time }) => time === 'static')).toEqual([])
    }
  })
})

describe('dead gradients', () => {
  it('are not computed at the input', () => {
    const program = compileNetwork(network(two, [4]))
    expect(program.backward.map(({ op, layer: at }) => `${op} ${at}`)).toEqual([
      'neuronBackward n2',
      'linearWeightGradient fc2',
      'linearInputGradient fc2',
      'neuronBackward n1',
      'linearWeightGradient fc1',
    ])
    expect(ids(program)).not.toContain('input.gradient')
  })

  it('end at the first layer that learns', () => {
    const first = [layer('n0', 'if'), layer('fc', 'linear', { outputs: 2 }), layer('n1', 'if')]
    const program = compileNetwork(network(first, [4]))
    expect(program.backward.map(({ op }) => op)).toEqual(['neuronBackward', 'linearWeightGradient'])
  })

  it('are kept at the input where they are wanted', () => {
    const program = compileNetwork(network(two, [4], { inputGradient: true }))
    expect(program.backward.at(-1)).toMatchObject({ op: 'linearInputGradient', output: 'input.gradient' })
    const alone = compileNetwork(network([layer('n', 'if')], [4], { inputGradient: true }))
    expect(alone.backward).toMatchObject([{ inputGradient: 'input.gradient' }])
  })

  it('leave nothing to do where nothing learns', () => {
    const program = compileNetwork(network([layer('n', 'if')], [4]))
    expect(program.backward).toEqual([])
    expect(program.update).toEqual([])
  })
})

describe('spike formats', () => {
  it('mark what holds 0 and 1 alone', () => {
    const spikes = (encoding: Parameters<typeof network>[2]) =>
      compileNetwork(network(two, [4], encoding))
        .values.filter(({ format }) => format === 'spikes')
        .map(({ id }) => id)
    expect(spikes({ encoding: { kind: 'poisson', params: {} } })).toEqual(['input', 'n1.spikes', 'n2.spikes'])
    expect(spikes({ encoding: constantEncoding })).toEqual(['n1.spikes', 'n2.spikes'])
  })
})
