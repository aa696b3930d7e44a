import type { NetworkSpec } from '../../../src-main/engine/compile.ts'
import type { BackwardOp, ForwardOp } from '../../../src-main/engine/program.ts'
import type { UpdateOp } from '../../../src-main/engine/updateOps.ts'
import { optimizerTables, type OptimizerKind } from '../../../src-shared/experimentFields.ts'
import { defaultValues, type FieldValues } from '../../../src-shared/fields.ts'
import { defaultLoss } from '../../../src-shared/lossTables.ts'
import type { LayerNode } from '../../../src-shared/model/document.ts'
import { layer, network } from './fixtures.ts'

export type OpKind = ForwardOp['op'] | BackwardOp['op'] | UpdateOp['op']

/** Layers in the middle of a small network, and what reads it out. */
export interface OpNetwork {
  layers: LayerNode[]
  shape: number[]
  other?: Partial<NetworkSpec>
}

const line = [6]
const row = [3, 7]
const maps = [3, 5, 4]
const conv = (params: FieldValues = {}) =>
  layer('conv', 'conv2d', { outputs: 5, kernel: 3, padding: 1, ...params })

const convolutions: OpNetwork[] = [
  { layers: [conv()], shape: maps },
  { layers: [conv({ stride: 2, dilation: 2, bias: false })], shape: maps },
  { layers: [conv({ outputs: 6, groups: 3 })], shape: maps },
  { layers: [layer('conv', 'conv1d', { outputs: 4, kernel: 2, stride: 2 })], shape: row },
  // Strides past places that no window reads, through padding that windows fill, and to a single window.
  { layers: [conv({ kernel: 1, stride: 3, padding: 0 })], shape: maps },
  { layers: [conv({ kernel: 2, stride: 3, padding: 3 })], shape: maps },
  { layers: [layer('conv', 'conv1d', { outputs: 4, kernel: 3, stride: 5 })], shape: row },
]
const pools: OpNetwork[] = [
  { layers: [layer('pool', 'maxpool2d', { kernel: 3, stride: 2, padding: 1 })], shape: maps },
  { layers: [layer('pool', 'avgpool2d', { kernel: 2, stride: 1, padding: 1 })], shape: maps },
  { layers: [layer('pool', 'adaptiveavgpool2d', { size: 3 })], shape: maps },
  { layers: [layer('pool', 'maxpool1d')], shape: row },
  { layers: [layer('pool', 'avgpool1d')], shape: row },
  { layers: [layer('pool', 'adaptiveavgpool1d', { size: 2 })], shape: row },
]
const norms: OpNetwork[] = [
  { layers: [layer('norm', 'batchnorm2d')], shape: maps },
  { layers: [layer('norm', 'batchnorm2d', { statistics: 'step', affine: false })], shape: maps },
  { layers: [layer('norm', 'batchnorm1d')], shape: row },
  { layers: [layer('fc1', 'linear', { outputs: 6 }), layer('norm', 'batchnorm1d')], shape: line },
]
const dropouts: OpNetwork[] = ['sequence', 'step'].map((mask) => ({
  layers: [layer('drop', 'dropout', { probability: 0.4, mask })],
  shape: line,
}))
const branch = layer('fc1', 'linear', { outputs: 6 })
const adds: OpNetwork[] = [
  { layers: [branch, { ...layer('sum', 'add'), inputs: ['input', 'fc1'] }], shape: line },
  { layers: [conv({ outputs: 3 }), { ...layer('sum', 'add'), inputs: ['conv', 'input'] }], shape: maps },
]
const concats: OpNetwork[] = [
  { layers: [branch, { ...layer('wide', 'concat'), inputs: ['fc1', 'input'] }], shape: line },
  { layers: [conv(), { ...layer('wide', 'concat'), inputs: ['input', 'conv'] }], shape: maps },
]
const linears: OpNetwork[] = [
  { layers: [branch], shape: line },
  { layers: [layer('fc1', 'linear', { outputs: 19, bias: false })], shape: line },
]

const optimizedBy = (kind: OptimizerKind): OpNetwork[] => [
  {
    layers: [branch],
    shape: line,
    other: { optimizer: { kind, params: defaultValues(optimizerTables[kind].fields) } },
  },
]

/** Neurons in the middle, so that they hand a gradient on. */
const neurons = (kinds: readonly { kind: string; params?: FieldValues }[]): OpNetwork[] =>
  kinds.map(({ kind, params }) => ({
    layers: [layer('fc1', 'linear', { outputs: 7 }), layer('n1', kind, { threshold: 0.3, ...params })],
    shape: line,
  }))
const spiking = neurons([
  { kind: 'leaky', params: { learnBeta: true, learnThreshold: true } },
  { kind: 'lif' },
  { kind: 'rsynaptic', params: { allToAll: true } },
  { kind: 'alif' },
])
/** The last layer alone may have graded spikes in every framework; here in the middle too. */
const graded = neurons(
  [false, true].map((gradedSpikesPerNeuron) => ({
    kind: 'leaky',
    params: { gradedSpikes: 0.7, gradedSpikesPerNeuron, learnGradedSpikes: true },
  })),
)

/** Networks for every kind of op; a kind that is missing here does not compile. */
export const opNetworks: Record<OpKind, readonly OpNetwork[]> = {
  encode: [
    { layers: [branch], shape: line, other: { encoding: { kind: 'given', static: true } } },
    { layers: [branch], shape: line, other: { encoding: { kind: 'given', static: false } } },
    {
      layers: [branch],
      shape: line,
      other: { encoding: { kind: 'constant', params: { gain: 2, offset: 0.1 } } },
    },
    {
      layers: [branch],
      shape: line,
      other: { encoding: { kind: 'rate', params: { gain: 0.9, offset: 0 } } },
    },
    { layers: [branch], shape: line, other: { encoding: { kind: 'poisson', params: {} } } },
  ],
  linear: linears,
  linearWeightGradient: linears,
  linearInputGradient: linears,
  neuron: spiking,
  neuronBackward: spiking,
  gradedSpikes: graded,
  gradedSpikesBackward: graded,
  convolution: convolutions,
  convolutionWeightGradient: convolutions,
  convolutionInputGradient: convolutions,
  pool: pools,
  poolBackward: pools,
  batchNorm: norms,
  batchNormBackward: norms,
  dropout: dropouts,
  dropoutBackward: dropouts,
  add: adds,
  addBackward: adds,
  concat: concats,
  concatBackward: concats,
  accumulate: [...adds, ...concats],
  adam: [...optimizedBy('adam'), ...optimizedBy('adamw')],
  adamax: optimizedBy('adamax'),
  rmsprop: optimizedBy('rmsprop'),
  sgd: optimizedBy('sgd'),
}

const flat = layer('flat', 'flatten')
const readouts = {
  spikes: {
    layers: [flat, layer('fc', 'linear', { outputs: 3 }), layer('out', 'lif', { threshold: 0.3 })],
    loss: 'mse_rate',
  },
  // No threshold is reached, so that the loss on the membrane is smooth in everything before it.
  membrane: {
    layers: [
      flat,
      layer('fc', 'linear', { outputs: 3 }),
      layer('out', 'leaky', { threshold: 500, beta: 0.75, reset: 'none' }),
    ],
    loss: 'ce_membrane_sum',
  },
} as const

/** A whole network of 4 steps for batches of 3 of at most 4 samples. */
export function readOut({ layers, shape, other }: OpNetwork, by: keyof typeof readouts): NetworkSpec {
  const { layers: after, loss } = readouts[by]
  const given = other?.encoding ?? { kind: 'given' as const, static: false }
  return network([...layers, ...after], shape, {
    timeSteps: 4,
    batchSize: 4,
    loss: defaultLoss(loss),
    optimizer: { kind: 'sgd', params: defaultValues(optimizerTables.sgd.fields) },
    seed: 3,
    ...other,
    encoding: given,
    inputGradient: given.kind === 'given',
  })
}
