import type { ExperimentDocument } from '../experiment.ts'
import { experimentVersion } from '../experiment.ts'
import { encodingTables } from '../encodingTables.ts'
import { optimizerTables, plainTraining } from '../experimentFields.ts'
import { defaultValues } from '../fields.ts'
import { defaultLoss } from '../lossTables.ts'
import { modelVersion, type LayerNode } from './document.ts'
import { eventsCnn, eventsResnet } from './eventNetworks.ts'
import { presetLayer as layer } from './presetLayer.ts'
import { defaultSurrogate } from './surrogates.ts'

/** A ready-made experiment, and which published work it stands for. */
export interface Preset {
  id: string
  title: string
  summary: string
  experiment: ExperimentDocument
}

const bundledDigits = { id: 'digits', subset: 1, limit: 0 }
const image = { shape: [1, 28, 28] }

function leakyNetwork(name: string, hidden: number, surrogate: string): ExperimentDocument['model'] {
  const neuron = { beta: 0.95, surrogate: defaultSurrogate(surrogate) }
  return {
    version: modelVersion,
    name,
    input: image,
    layers: [
      layer('flatten', 'flatten'),
      layer('fc1', 'linear', { outputs: hidden }),
      layer('lif1', 'leaky', neuron),
      layer('fc2', 'linear', { outputs: 10 }),
      layer('lif2', 'leaky', neuron),
    ],
  }
}

/** Convolution, normalisation, neurons and pooling, as a block of spikingjelly's network. */
function convolutionBlock(index: number): LayerNode[] {
  return [
    layer(`conv${index}`, 'conv2d', { outputs: 64, padding: 1, bias: false }),
    layer(`bn${index}`, 'batchnorm2d'),
    layer(`if${index}`, 'if'),
    layer(`pool${index}`, 'maxpool2d'),
  ]
}

const common = {
  ...plainTraining(),
  version: experimentVersion,
  dataset: bundledDigits,
  batchSize: 128,
  dropLast: false,
  seed: 1,
  engine: 'native',
  threads: 0,
} as const

function adam(learningRate: number): ExperimentDocument['optimizer'] {
  return { kind: 'adam', params: { ...defaultValues(optimizerTables.adam.fields), learningRate } }
}

const constant: ExperimentDocument['encoding'] = {
  kind: 'constant',
  params: defaultValues(encodingTables.constant.fields),
}

const digitEvents = { ...common, dataset: { id: 'digit-events', subset: 1, limit: 0 } }
const frames: ExperimentDocument['encoding'] = {
  kind: 'frames',
  params: defaultValues(encodingTables.frames.fields),
}

/** The presets, in the order of the list; ids are those of the benchmark workloads. */
export const presets: readonly Preset[] = [
  {
    id: 'fc-leaky-100',
    title: '784-100-10 Leaky, spike counts',
    summary:
      'snnTorch network with a fast sigmoid surrogate and cross-entropy on the output spikes summed over 25 steps.',
    experiment: {
      ...common,
      name: 'fc-leaky-100',
      encoding: constant,
      timeSteps: 25,
      model: leakyNetwork('fc-leaky-100', 100, 'fast_sigmoid'),
      loss: defaultLoss('ce_count'),
      optimizer: adam(5e-4),
      epochs: 10,
    },
  },
  {
    id: 'fc-leaky-1000',
    title: '784-1000-10 Leaky, membrane loss',
    summary:
      "The network of snnTorch's tutorial 5: arctangent surrogate, cross-entropy on the output membrane at every step.",
    experiment: {
      ...common,
      name: 'fc-leaky-1000',
      encoding: constant,
      timeSteps: 25,
      model: leakyNetwork('fc-leaky-1000', 1000, 'atan'),
      loss: defaultLoss('ce_membrane_sum'),
      optimizer: adam(5e-4),
      dropLast: true,
      epochs: 1,
    },
  },
  {
    id: 'linear-lif-poisson',
    title: '784-10 LIF, Poisson spikes',
    summary:
      "spikingjelly's single layer of LIF neurons on Poisson spikes over 100 steps, firing-rate error.",
    experiment: {
      ...common,
      name: 'linear-lif-poisson',
      encoding: { kind: 'poisson', params: {} },
      timeSteps: 100,
      model: {
        version: modelVersion,
        name: 'linear-lif-poisson',
        input: image,
        layers: [
          layer('flatten', 'flatten'),
          layer('fc', 'linear', { outputs: 10, bias: false }),
          layer('lif', 'lif', { tau: 2 }),
        ],
      },
      loss: defaultLoss('mse_rate'),
      optimizer: adam(1e-3),
      dropLast: true,
      epochs: 100,
    },
  },
  {
    id: 'csnn-if',
    title: 'Convolutional IF network',
    summary:
      "spikingjelly's convolutional network: two blocks of convolution, batch norm, IF and pooling, over 4 steps.",
    experiment: {
      ...common,
      name: 'csnn-if',
      encoding: constant,
      timeSteps: 4,
      model: {
        version: modelVersion,
        name: 'csnn-if',
        input: image,
        layers: [
          ...convolutionBlock(1),
          ...convolutionBlock(2),
          layer('flatten', 'flatten'),
          layer('fc1', 'linear', { outputs: 1024, bias: false }),
          layer('if3', 'if'),
          layer('fc2', 'linear', { outputs: 10, bias: false }),
          layer('if4', 'if'),
        ],
      },
      loss: defaultLoss('mse_rate'),
      optimizer: {
        kind: 'sgd',
        params: { ...defaultValues(optimizerTables.sgd.fields), learningRate: 0.1, momentum: 0.9 },
      },
      epochs: 64,
    },
  },
  {
    id: 'events-cnn',
    title: 'Convolutions on event frames',
    summary: 'Three convolutions with Leaky neurons and pooling, on 25 frames of events of 34×34 pixels.',
    experiment: {
      ...digitEvents,
      name: 'events-cnn',
      encoding: frames,
      timeSteps: 25,
      model: eventsCnn(),
      loss: defaultLoss('ce_count'),
      optimizer: adam(1e-3),
      epochs: 10,
    },
  },
  {
    id: 'events-resnet',
    title: 'Residual network on event frames',
    summary:
      'Two residual blocks, neurons with an adaptive threshold and with a synaptic current, and dropout, on event frames.',
    experiment: {
      ...digitEvents,
      name: 'events-resnet',
      encoding: frames,
      timeSteps: 25,
      model: eventsResnet(),
      loss: defaultLoss('mse_count'),
      optimizer: adam(1e-3),
      batchSize: 64,
      epochs: 15,
    },
  },
]

export function findPreset(id: string): Preset | undefined {
  return presets.find((preset) => preset.id === id)
}
