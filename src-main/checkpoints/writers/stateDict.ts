import type { LayerNode } from '../../../src-shared/model/document.ts'
import { findLayer } from '../../../src-shared/model/layers/index.ts'
import type { NamedTensor } from '../../engine/executor.ts'
import { circuitOf } from '../../../src-shared/model/circuit.ts'
import { dictOf, type DictNode, type FileNode, type TensorNode } from '../files/openedFile.ts'
import type { ImportedNetwork } from '../networks/importedNetwork.ts'
import { floatTensor, longScalar } from './tensorNodes.ts'

/** The state dict of a network as the modules of its framework would save it. */

const resets = ['subtract', 'zero', 'none']

const scalar = (value: number): TensorNode => floatTensor({ shape: [], data: Float32Array.of(value) })

/** Tensors that a module has besides the parameters of the layer. */
function besides({ kind, params }: LayerNode): [string, TensorNode][] {
  if (kind.startsWith('batchnorm')) return [['num_batches_tracked', longScalar(0)]]
  const definition = findLayer(kind)
  if (definition?.framework !== 'snntorch') return []
  const reset = longScalar(Math.max(0, resets.indexOf(String(params.reset))))
  const graded: [string, TensorNode] = ['graded_spikes_factor', scalar(1)]
  if (kind === 'leakyparallel') {
    const beta = floatTensor({ shape: [1], data: Float32Array.of(Number(params.beta)) })
    return [graded, ...(params.betaGiven ? [['beta', beta] as [string, TensorNode]] : [])]
  }
  if (kind !== 'lapicque') return [graded, ['reset_mechanism_val', reset]]
  const { resistance, capacitance, timeStep } = circuitOf(params)
  const beta = Math.exp(-timeStep / (resistance * capacitance))
  return [
    graded,
    ['reset_mechanism_val', reset],
    ['R', scalar(resistance)],
    ['C', scalar(capacitance)],
    ['time_step', scalar(timeStep)],
    ['beta', floatTensor({ shape: params.circuit === 'rc' ? [1] : [], data: Float32Array.of(beta) })],
  ]
}

/** A parameter as its module holds it: W_hh of LeakyParallel is whole there, also where it is a diagonal here. */
function moduleTensor({ name, shape, data }: NamedTensor): TensorNode {
  if (!name.endsWith('.rnn.weight_hh_l0') || shape.length !== 1) return floatTensor({ shape, data })
  const [neurons] = shape
  const whole = new Float32Array(neurons * neurons)
  data.forEach((value, i) => (whole[i * neurons + i] = value))
  return floatTensor({ shape: [neurons, neurons], data: whole })
}

/** Parameters before buffers, β last, as torch lists them. */
function moduleEntries(layer: LayerNode, parameters: readonly NamedTensor[]): [string, TensorNode][] {
  const { id, params } = layer
  const own = parameters
    .filter(({ name }) => name.startsWith(`${id}.`))
    .map((tensor): [string, TensorNode] => [tensor.name.slice(id.length + 1), moduleTensor(tensor)])
  const learned = own.filter(([name]) => params[`learn${name[0].toUpperCase()}${name.slice(1)}`] === true)
  const rest = own.filter((entry) => !learned.includes(entry))
  const last = rest.filter(([name]) => name === 'beta' || name === 'alpha')
  const middle = rest.filter((entry) => !last.includes(entry))
  const doubled = own.filter(([name]) => name === 'V' && params.learnRecurrent === true)
  return [
    ...learned,
    ...middle,
    ...doubled.map(([, tensor]): [string, TensorNode] => ['recurrent.V', tensor]),
    ...besides(layer),
    ...last,
  ]
}

function moduleNames(layers: readonly LayerNode[]): string[] {
  const names = new Set([''])
  for (const { id } of layers) {
    const parts = id.split('.')
    parts.forEach((_, i) => names.add(parts.slice(0, i + 1).join('.')))
  }
  return [...names]
}

/**
 * The state dict of a network. Tensors that came from a file are given back bit for bit, also those that no layer
 * takes, in the order of that file.
 */
export function stateDictOf({ experiment, parameters, sources }: ImportedNetwork): DictNode {
  const { layers } = experiment.model
  const entries = new Map<string, FileNode>(sources)
  for (const layer of layers) {
    for (const [name, tensor] of moduleEntries(layer, parameters)) {
      const key = `${layer.id}.${name}`
      if (!entries.has(key)) entries.set(key, tensor)
    }
  }
  const version = (name: string) => {
    const norm = layers.some(({ id, kind }) => id === name && kind.startsWith('batchnorm'))
    return dictOf([['version', { kind: 'scalar', type: 'int', value: norm ? 2 : 1 } as const]])
  }
  return { kind: 'dict', entries, metadata: dictOf(moduleNames(layers).map((name) => [name, version(name)])) }
}
