import { describe, expect, it } from 'vitest'
import { importNetwork } from '../../../../src-main/checkpoints/networks/importNetwork.ts'
import { dictOf, type FileNode, type TensorNode } from '../../../../src-main/checkpoints/files/openedFile.ts'
import { findStateDict } from '../../../../src-main/checkpoints/networks/stateDict.ts'
import { stateDictOf } from '../../../../src-main/checkpoints/writers/stateDict.ts'
import { filled, leakyState, long, openedTorch, ramp, stateDict, tensor, value } from '../trees.ts'

const layers = (network: ReturnType<typeof importNetwork>) =>
  network.experiment.model.layers.map(({ id, kind }) => `${id} ${kind}`)

const dense = {
  'fc1.weight': ramp(5, 4),
  'fc1.bias': ramp(5),
  ...leakyState('lif1'),
  'fc2.weight': ramp(3, 5),
  'fc2.bias': ramp(3),
  ...leakyState('lif2', 0.5),
}

function norm(name: string, features: number) {
  return {
    [`${name}.weight`]: filled(1, features),
    [`${name}.bias`]: filled(0, features),
    [`${name}.running_mean`]: filled(0, features),
    [`${name}.running_var`]: filled(1, features),
    [`${name}.num_batches_tracked`]: long(7),
  }
}

describe("a state dict of snnTorch's", () => {
  it('becomes layers with the numbers of the file, and asks for what is not in it', () => {
    const network = importNetwork(openedTorch(stateDict(dense)))
    expect(network.framework).toBe('snntorch')
    expect(layers(network)).toEqual(['fc1 linear', 'lif1 leaky', 'fc2 linear', 'lif2 leaky'])
    expect(network.experiment.model.layers[3].params).toMatchObject({
      beta: 0.5,
      reset: 'subtract',
      learnBeta: false,
    })
    expect(network.questions.map(({ id }) => id)).toEqual([
      'resetDelay',
      'surrogate',
      'timeSteps',
      'encoding',
      'loss',
    ])
    expect(network.parameters.find(({ name }) => name === 'fc2.weight')?.data[14]).toBe(Math.fround(0.15))
  })

  it('does not ask what stands beside the weights', () => {
    const network = importNetwork(
      openedTorch(
        dictOf([
          ['model_state_dict', stateDict(dense)],
          ['loss_hist', { kind: 'list', type: 'list', items: [value(2.5), value(1.5)] }],
          [
            'hyperparameters',
            dictOf([
              ['num_steps', value(15)],
              ['batch_size', value(64)],
            ]),
          ],
        ]),
      ),
    )
    expect(network.questions.map(({ id }) => id)).not.toContain('timeSteps')
    expect(network.experiment).toMatchObject({ timeSteps: 15, batchSize: 64 })
    expect(network.facts).toContainEqual({
      name: 'timeSteps',
      value: 15,
      source: 'hyperparameters.num_steps',
    })
    expect(network.histories).toEqual([{ name: 'loss_hist', values: Float64Array.of(2.5, 1.5) }])
  })

  it('takes answers, and refuses those that cannot stand', () => {
    const file = openedTorch(stateDict(dense))
    const answers = { timeSteps: 7, resetDelay: false, encoding: 'poisson' }
    const { experiment, questions } = importNetwork(file, { answers })
    expect(experiment).toMatchObject({ timeSteps: 7, encoding: { kind: 'poisson' } })
    expect(experiment.model.layers[1].params.resetDelay).toBe(false)
    expect(questions.filter(({ answered }) => answered)).toHaveLength(3)
    expect(() => importNetwork(file, { answers: { timeSteps: 0 } })).toThrow(/Time steps is 0/)
    expect(() => importNetwork(file, { answers: { colour: 'red' } })).toThrow(/"colour" is not asked about/)
  })

  it('pairs synapses and neurons that stand in groups, and finds paddings and pools', () => {
    const network = importNetwork(
      openedTorch(
        stateDict({
          'conv1.weight': ramp(16, 2, 5, 5),
          'conv1.bias': ramp(16),
          'conv2.weight': ramp(32, 16, 5, 5),
          'conv2.bias': ramp(32),
          'conv3.weight': ramp(64, 32, 3, 3),
          'conv3.bias': ramp(64),
          'fc.weight': ramp(256, 1024),
          'fc.bias': ramp(256),
          'readout.weight': ramp(10, 256),
          'readout.bias': ramp(10),
          ...Object.assign(
            {},
            ...['lif1', 'lif2', 'lif3', 'lif4', 'lif_out'].map((name) => leakyState(name, 0.5)),
          ),
        }),
      ),
      { answers: { poolPlace: 'after' } },
    )
    expect(network.experiment.model.input.shape).toEqual([2, 34, 34])
    expect(layers(network)).toEqual([
      'conv1 conv2d',
      'lif1 leaky',
      'pool1 maxpool2d',
      'conv2 conv2d',
      'lif2 leaky',
      'pool2 maxpool2d',
      'conv3 conv2d',
      'lif3 leaky',
      'pool3 maxpool2d',
      'flatten flatten',
      'fc linear',
      'lif4 leaky',
      'readout linear',
      'lif_out leaky',
    ])
    expect(network.notes).toEqual([{ phrase: 'note.paired' }])
    expect(network.questions.map(({ id }) => id)).toContain('layerOrder')
  })

  it('lays synapses and neurons out as they are listed where that is the answer', () => {
    const listed = { 'fc1.weight': ramp(20, 784), 'fc2.weight': ramp(10, 20) }
    const neurons = { ...leakyState('lif1', 0.5), ...leakyState('lif2', 0.5) }
    const file = openedTorch(stateDict({ ...listed, ...neurons }))
    const kinds = (answers: Record<string, string>) =>
      importNetwork(file, { answers }).experiment.model.layers.map(({ kind }) => kind)
    expect(kinds({})).toEqual(['linear', 'leaky', 'linear', 'leaky'])
    expect(kinds({ layerOrder: 'listed' })).toEqual(['linear', 'linear', 'leaky', 'leaky'])
  })

  it('takes the size of graded spikes', () => {
    const graded = { ...dense, 'lif1.graded_spikes_factor': filled(0.5) }
    const { experiment, parameters } = importNetwork(openedTorch(stateDict(graded)))
    expect(experiment.model.layers[1].params).toMatchObject({
      gradedSpikes: 0.5,
      gradedSpikesPerNeuron: false,
    })
    expect(parameters.find(({ name }) => name === 'lif1.graded_spikes_factor')?.data).toEqual(
      Float32Array.of(0.5),
    )
  })

  it('says which neuron it cannot run', () => {
    const strange = { ...dense, 'lif1.delta_threshold': filled(0.5) }
    expect(() => importNetwork(openedTorch(stateDict(strange)))).toThrow(
      /layer "lif1" is a neuron with "delta_threshold"/,
    )
    expect(() => importNetwork(openedTorch(dictOf([['epoch', value(3)]])))).toThrow(/no state dict/)
    const short = { ...dense, 'fc1.bias': ramp(4) }
    expect(() => importNetwork(openedTorch(stateDict(short)))).toThrow(/"fc1.bias" has 4 where 5 is wanted/)
  })
})

describe('LeakyParallel', () => {
  const hidden = 5
  const recurrent = (diagonal: number, other = 0) =>
    tensor(
      'float32',
      [hidden, hidden],
      Float32Array.from({ length: hidden ** 2 }, (_, i) => (i % (hidden + 1) === 0 ? diagonal : other)),
    )
  const parallel = (name: string, inputs: number, weight: FileNode) => ({
    [`${name}.threshold`]: filled(0.5),
    [`${name}.graded_spikes_factor`]: filled(1),
    [`${name}.beta`]: filled(0.9, 1),
    [`${name}.rnn.weight_ih_l0`]: ramp(hidden, inputs),
    [`${name}.rnn.weight_hh_l0`]: weight,
    [`${name}.rnn.bias_ih_l0`]: ramp(hidden),
    [`${name}.rnn.bias_hh_l0`]: ramp(hidden),
  })
  const ends = { 'fc.weight': ramp(3, hidden), 'fc.bias': ramp(3), ...leakyState('out') }
  const read = (entries: Record<string, FileNode>, answers = {}) =>
    importNetwork(openedTorch(stateDict(entries)), { answers })

  it('is read as synapse and neuron in one, β from the diagonal', () => {
    const network = read({
      ...parallel('lp1', 4, recurrent(0.9)),
      ...parallel('lp2', hidden, recurrent(0.9)),
      ...ends,
    })
    expect(network.framework).toBe('snntorch')
    expect(network.experiment.model.input.shape).toEqual([4])
    expect(layers(network)).toEqual(['lp1 leakyparallel', 'lp2 leakyparallel', 'fc linear', 'out leaky'])
    expect(network.experiment.model.layers[0].params).toMatchObject({
      ...{ outputs: hidden, bias: true, dense: false, betaGiven: true, beta: 0.9, threshold: 0.5 },
      learnBeta: false,
    })
    expect(network.parameters.find(({ name }) => name === 'lp1.rnn.weight_hh_l0')).toMatchObject({
      shape: [hidden],
      data: new Float32Array(hidden).fill(0.9),
    })
    expect(network.questions.map(({ id }) => id)).toContain('learnBeta')
    expect(
      read({ ...parallel('lp1', 4, recurrent(0.9)), ...ends }, { learnBeta: true }).experiment.model.layers[0]
        .params.learnBeta,
    ).toBe(true)
  })

  it('has learned where W_hh is not β any more, and is dense where membranes act on each other', () => {
    const moved = read({ ...parallel('lp1', 4, recurrent(0.7)), ...ends })
    expect(moved.experiment.model.layers[0].params).toMatchObject({ learnBeta: true, dense: false })
    expect(moved.questions.map(({ id }) => id)).not.toContain('learnBeta')
    const dense = read({ ...parallel('lp1', 4, recurrent(0.9, 0.1)), ...ends })
    expect(dense.experiment.model.layers[0].params.dense).toBe(true)
    expect(dense.parameters.find(({ name }) => name === 'lp1.rnn.weight_hh_l0')?.shape).toEqual([
      hidden,
      hidden,
    ])
  })

  it('without β and biases stands as it was drawn', () => {
    const bare = Object.fromEntries(
      Object.entries(parallel('lp1', 4, recurrent(0.3))).filter(([name]) => !/bias|beta/.test(name)),
    )
    expect(read({ ...bare, ...ends }).experiment.model.layers[0].params).toMatchObject({
      betaGiven: false,
      bias: false,
    })
  })

  it('comes back as .pth with every bit, and without what the writer says besides', () => {
    const network = read({ ...parallel('lp1', 4, recurrent(-0, -0)), ...ends })
    const written = openedTorch(stateDictOf(network))
    const found = findStateDict(written.root)?.tensors ?? new Map<string, TensorNode>()
    expect([...found.keys()]).toEqual([...network.sources.keys()])
    for (const [name, source] of network.sources) {
      const copy = found.get(name)
      expect(copy?.shape).toEqual(source.shape)
      expect(Buffer.compare(copy?.read() ?? new Uint8Array(), source.read())).toBe(0)
    }
    expect(importNetwork(written).experiment.model).toEqual(network.experiment.model)
  })

  it('is refused where a tensor is not one of its own', () => {
    const strange = { ...parallel('lp1', 4, recurrent(0.9)), 'lp1.rnn.weight_ih_l1': ramp(2, 2), ...ends }
    expect(() => read(strange)).toThrow(/layer "lp1" is a neuron with "rnn.weight_ih_l1"/)
  })
})

describe('a network that branches', () => {
  const read = (entries: Record<string, FileNode>) => () => importNetwork(openedTorch(stateDict(entries)))
  const way =
    /a state dict does not say how branches join; \.nir files do, and \.pth files that this program wrote/
  const first = { 'conv1.weight': ramp(8, 2, 3, 3), ...norm('bn1', 8) }

  it('is refused by the name of a shortcut', () => {
    const residual = {
      ...first,
      'layer1.0.conv1.weight': ramp(16, 8, 3, 3),
      'layer1.0.downsample.0.weight': ramp(16, 8, 1, 1),
      'fc.weight': ramp(10, 16),
    }
    expect(read(residual)).toThrow('"layer1.0.downsample.0" is the way around a block of a residual network')
    expect(read(residual)).toThrow(way)
  })

  it('is refused by blocks of two convolutions', () => {
    const residual = {
      ...first,
      'layer1.0.conv1.weight': ramp(8, 8, 3, 3),
      ...norm('layer1.0.bn1', 8),
      'layer1.0.conv2.weight': ramp(8, 8, 3, 3),
      ...norm('layer1.0.bn2', 8),
      'fc.weight': ramp(10, 8),
    }
    expect(read(residual)).toThrow('"layer1.0" is built as a block of a residual network')
  })

  it('is refused by channels that do not follow each other', () => {
    const around = {
      ...first,
      'conv2.weight': ramp(16, 8, 3, 3),
      'side.weight': ramp(16, 8, 1, 1),
      'fc.weight': ramp(10, 16),
    }
    expect(read(around)).toThrow('layer "side" reads 8 channels where "conv2" before it gives 16')
    const wide = { ...first, 'conv2.weight': ramp(16, 12, 3, 3), 'fc.weight': ramp(10, 16) }
    expect(read(wide)).toThrow('layer "conv2" reads 12 channels where "conv1" before it gives 8')
  })

  it('is not mistaken for one by its groups', () => {
    const separable = {
      ...first,
      'depth.weight': ramp(8, 1, 3, 3),
      'point.weight': ramp(16, 8, 1, 1),
      'fc.weight': ramp(10, 16 * 8 * 8),
    }
    expect(
      importNetwork(openedTorch(stateDict(separable))).experiment.model.layers.find(
        ({ id }) => id === 'depth',
      )?.params.groups,
    ).toBe(8)
  })
})

describe("a state dict of spikingjelly's", () => {
  const weights = {
    'conv_fc.0.weight': ramp(64, 1, 3, 3),
    ...norm('conv_fc.1', 64),
    'conv_fc.4.weight': ramp(64, 64, 3, 3),
    ...norm('conv_fc.5', 64),
    'conv_fc.9.weight': ramp(16, 3136),
    'conv_fc.11.weight': ramp(10, 16),
  }

  it('shows its neurons, pools and flattening by the gaps in its numbers', () => {
    const network = importNetwork(openedTorch(stateDict(weights)))
    expect(network.framework).toBe('spikingjelly')
    expect(layers(network)).toEqual([
      'conv_fc.0 conv2d',
      'conv_fc.1 batchnorm2d',
      'conv_fc.2 if',
      'conv_fc.3 maxpool2d',
      'conv_fc.4 conv2d',
      'conv_fc.5 batchnorm2d',
      'conv_fc.6 if',
      'conv_fc.7 maxpool2d',
      'conv_fc.8 flatten',
      'conv_fc.9 linear',
      'conv_fc.10 if',
      'conv_fc.11 linear',
      'conv_fc.11_neuron if',
    ])
    expect(network.questions.map(({ id }) => id)).toEqual([
      'neuron',
      'threshold',
      'reset',
      'detachReset',
      'surrogate',
      'inputSize',
      'pooling',
      'timeSteps',
      'encoding',
      'loss',
    ])
  })

  it('finds the neurons by the surrogates that torch lists', () => {
    const modules = ['', 'layer', 'layer.0', 'layer.1', 'layer.2', 'layer.2.surrogate_function']
    const network = importNetwork(openedTorch(stateDict({ 'layer.1.weight': ramp(10, 784) }, modules)))
    expect(layers(network)).toEqual(['layer.0 flatten', 'layer.1 linear', 'layer.2 lif'])
    expect(network.experiment.timeSteps).toBe(100)
  })

  it('takes the time constants that were learned', () => {
    const network = importNetwork(
      openedTorch(stateDict({ 'net.0.weight': ramp(3, 4), 'net.1.w': filled(-Math.log(2)) })),
    )
    expect(layers(network)).toEqual(['net.0 linear', 'net.1 plif'])
    expect(network.experiment.model.layers[1].params.tau).toBeCloseTo(3, 5)
  })
})
