import type { ExperimentDocument } from '../../../../src-shared/experiment.ts'
import { defaultValues, type FieldValues } from '../../../../src-shared/fields.ts'
import { findLayer, layerDefinitions } from '../../../../src-shared/model/layers/index.ts'
import { presets } from '../../../../src-shared/model/presets.ts'
import { defaultSurrogate, surrogates } from '../../../../src-shared/model/surrogates.ts'
import type { ImportedNetwork } from '../../../../src-main/checkpoints/networks/importedNetwork.ts'
import { compileExperiment } from '../../../../src-main/engine/compile.ts'
import { initialState } from '../../../../src-main/engine/initialise.ts'

/** Networks for the bundled digits that between them use what the writers can write. */

const layer = (id: string, kind: string, params: FieldValues = {}) => ({
  id,
  kind,
  params: { ...defaultValues(findLayer(kind)?.fields ?? []), ...params },
})

const base = presets[0].experiment

function network(name: string, nodes: ExperimentDocument['model']['layers'], shape = [784]): ImportedNetwork {
  const model = { version: 1, name, input: { shape }, layers: nodes }
  const experiment: ExperimentDocument = { ...structuredClone(base), name, timeSteps: 5, model }
  // Random weights fire little; a factor makes them fire.
  const parameters = initialState(compileExperiment(experiment)).parameters.map((tensor) =>
    tensor.name.endsWith('.weight') ? { ...tensor, data: tensor.data.map((value) => value * 3) } : tensor,
  )
  return {
    framework: 'spikedesk',
    experiment,
    parameters,
    sources: new Map(),
    ...{ histories: [], questions: [], facts: [], notes: [] },
  }
}

export const sampleNetworks: Record<string, ImportedNetwork> = {
  leaky: network('leaky', [
    layer('fc1', 'linear', { outputs: 40 }),
    layer('lif1', 'leaky', { beta: 0.9, learnBeta: true, betaPerNeuron: true }),
    layer('fc2', 'linear', { outputs: 10, bias: false }),
    layer('lif2', 'leaky', {
      beta: 0.8,
      threshold: 0.7,
      reset: 'zero',
      surrogate: defaultSurrogate('fast_sigmoid'),
    }),
  ]),
  recurrent: network('recurrent', [
    layer('fc1', 'linear', { outputs: 30 }),
    layer('rec1', 'rleaky', { beta: 0.7 }),
    layer('fc2', 'linear', { outputs: 20 }),
    layer('rec2', 'rsynaptic', { alpha: 0.6, beta: 0.7, allToAll: false, V: 0.3 }),
    layer('fc3', 'linear', { outputs: 10 }),
    layer('syn', 'synaptic', { alpha: 0.5, beta: 0.9 }),
  ]),
  convolutional: network(
    'convolutional',
    [
      layer('net.0', 'conv2d', { outputs: 4, padding: 1, stride: 2 }),
      layer('net.1', 'lif', { tau: 3, decayInput: false, reset: 'soft', threshold: 0.4 }),
      layer('net.2', 'avgpool2d'),
      layer('net.3', 'flatten'),
      layer('net.4', 'linear', { outputs: 10, bias: false }),
      layer('net.5', 'plif', { tau: 2.5, threshold: 0.1 }),
    ],
    [1, 28, 28],
  ),
}

const reading = (node: ReturnType<typeof layer>, ...inputs: string[]) => ({ ...node, inputs })

/** Branches that are added and put side by side. */
export const branchingNetwork = network(
  'branching',
  [
    layer('conv1', 'conv2d', { outputs: 4, padding: 1, stride: 2 }),
    layer('lif1', 'leaky', { beta: 0.8 }),
    layer('conv2', 'conv2d', { outputs: 4, padding: 1 }),
    reading(layer('sum', 'add'), 'conv2', 'lif1'),
    layer('lif2', 'leaky', { beta: 0.9 }),
    reading(layer('both', 'concat'), 'lif2', 'lif1'),
    layer('flatten', 'flatten'),
    layer('fc', 'linear', { outputs: 10 }),
    layer('lif3', 'leaky'),
  ],
  [1, 28, 28],
)

/** What a neuron takes here in place of its default: a way that its default does not go. */
const unusual: Readonly<Record<string, FieldValues>> = {
  leaky: { reset: 'zero', resetDelay: false, inhibition: true },
  synaptic: { reset: 'none' },
  lapicque: { circuit: 'rc', resistance: 5, capacitance: 2 },
  alpha: { alpha: 0.9, beta: 0.6 },
  rleaky: { allToAll: false, V: -0.5, learnRecurrent: false },
  if: { reset: 'soft', detachReset: true },
  plif: { decayInput: false, resetValue: -0.5 },
  klif: { scaleReset: true },
}

/** A network of a hidden layer for every neuron and every surrogate that a framework has. */
function everyNeuron(): Record<string, ImportedNetwork> {
  const networks: Record<string, ImportedNetwork> = {}
  for (const framework of ['snntorch', 'spikingjelly'] as const) {
    const kinds = layerDefinitions
      .filter((definition) => definition.framework === framework)
      .map(({ kind }) => kind)
    const slopes = surrogates.filter((surrogate) => surrogate.framework === framework)
    for (let i = 0; i < Math.max(kinds.length, slopes.length); i++) {
      const [kind, surrogate] = [kinds[i % kinds.length], slopes[i % slopes.length].name]
      const params = { ...unusual[kind], surrogate: defaultSurrogate(surrogate) }
      const name = `${kind}-${surrogate}`
      networks[name] = network(name, [
        layer('fc1', 'linear', { outputs: 20 }),
        layer('n1', kind, params),
        layer('fc2', 'linear', { outputs: 10 }),
        layer('n2', framework === 'snntorch' ? 'leaky' : 'if'),
      ])
    }
  }
  return networks
}

export const everyNeuronNetworks = everyNeuron()
