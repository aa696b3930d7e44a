import { defaultValues, type FieldValues } from '../../../../src-shared/fields.ts'
import type { LayerNode } from '../../../../src-shared/model/document.ts'
import { findLayer } from '../../../../src-shared/model/layers/index.ts'
import type { NamedTensor } from '../../../engine/executor.ts'
import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import type { TensorNode } from '../../files/openedFile.ts'
import { lazyTensor } from '../parameters.ts'
import type { NirNode } from './graph.ts'
import { arrayOf, requiredArray, squareValue } from './nodeValues.ts'

/** A layer out of a node of NIR, with its parameters. */
export interface NirLayer {
  layer: LayerNode
  parameters: NamedTensor[]
}

function layer(node: NirNode, kind: string, params: FieldValues, parameters: NamedTensor[] = []): NirLayer {
  const values = { ...defaultValues(findLayer(kind)?.fields ?? []), ...params }
  return { layer: { id: node.name, kind, params: values }, parameters }
}

function floats(node: NirNode, key: string, tensor: TensorNode): NamedTensor {
  return lazyTensor(`${node.name}.${key}`, tensor.shape, tensor)
}

function weights(node: NirNode): { weight: NamedTensor; parameters: NamedTensor[]; bias: boolean } {
  const weight = floats(node, 'weight', requiredArray(node, 'weight'))
  const bias = arrayOf(node, 'bias')
  return { weight, parameters: bias ? [weight, floats(node, 'bias', bias)] : [weight], bias: bias !== null }
}

function linear(node: NirNode): NirLayer {
  const { weight, parameters, bias } = weights(node)
  if (weight.shape.length !== 2)
    throw new FileProblem('problem.nirUneven', { name: shown(node.name), parameter: 'weight' })
  return layer(node, 'linear', { outputs: weight.shape[0], bias }, parameters)
}

/** Padding is a number, or the word `same` or `valid`. */
function padding(node: NirNode, kernel: number): number {
  const word = node.params.entries.get('padding')
  if (word?.kind !== 'scalar') return squareValue(node, 'padding', 0)
  if (word.value === 'valid') return 0
  if (word.value === 'same' && kernel % 2 === 1) return (kernel - 1) / 2
  throw new FileProblem('problem.nirUneven', { name: shown(node.name), parameter: 'padding' })
}

function convolution(axes: 1 | 2) {
  return (node: NirNode): NirLayer => {
    const { weight, parameters, bias } = weights(node)
    const [outputs, , ...kernel] = weight.shape
    if (kernel.length !== axes || kernel.some((size) => size !== kernel[0])) {
      throw new FileProblem('problem.nirUneven', { name: shown(node.name), parameter: 'weight' })
    }
    const params = {
      outputs,
      kernel: kernel[0],
      stride: squareValue(node, 'stride', 1),
      padding: padding(node, kernel[0]),
      dilation: squareValue(node, 'dilation', 1),
      groups: squareValue(node, 'groups', 1),
      bias,
    }
    return layer(node, `conv${axes}d`, params, parameters)
  }
}

function averagePool(node: NirNode): NirLayer {
  const params = {
    kernel: squareValue(node, 'kernel_size', 1),
    stride: squareValue(node, 'stride', 1),
    padding: squareValue(node, 'padding', 0),
  }
  return layer(node, 'avgpool2d', params)
}

/** A sum under a window is a convolution of each channel with ones. */
function sumPool(node: NirNode, [channels]: readonly number[]): NirLayer {
  const kernel = squareValue(node, 'kernel_size', 1)
  const params = {
    outputs: channels,
    groups: channels,
    kernel,
    stride: squareValue(node, 'stride', 1),
    padding: squareValue(node, 'padding', 0),
    bias: false,
  }
  const shape = [channels, 1, kernel, kernel]
  const ones = new Float32Array(channels * kernel * kernel).fill(1)
  return layer(node, 'conv2d', params, [{ name: `${node.name}.weight`, shape, data: ones }])
}

function flatten(node: NirNode, shape: readonly number[]): NirLayer {
  const start = squareValue(node, 'start_dim', 0)
  const end = squareValue(node, 'end_dim', -1)
  if (start === 0 && (end === -1 || end === shape.length - 1)) return layer(node, 'flatten', {})
  throw new FileProblem('problem.nirUneven', { name: shown(node.name), parameter: 'start_dim' })
}

/** What makes a layer of each type of node that is no neuron; `shape` is what arrives. */
export const synapseNodes: Readonly<Record<string, (node: NirNode, shape: readonly number[]) => NirLayer>> = {
  Affine: linear,
  Linear: linear,
  Conv1d: convolution(1),
  Conv2d: convolution(2),
  AvgPool2d: averagePool,
  SumPool2d: sumPool,
  Flatten: flatten,
}
