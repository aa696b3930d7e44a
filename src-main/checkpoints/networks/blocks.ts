import type { FieldValues } from '../../../src-shared/fields.ts'
import type { TensorNode } from '../files/openedFile.ts'
import type { FoundModule } from './modules.ts'

/** Parts of a network as the names and shapes of its tensors show them, before their places are known. */

interface Named {
  /** Path of the module; becomes the id of the layer. */
  id: string
}

export interface LinearBlock extends Named {
  kind: 'linear'
  inputs: number
  outputs: number
  bias: boolean
}

export interface ConvolutionBlock extends Named {
  kind: 'conv'
  axes: 1 | 2
  /** Input channels of a group. */
  inputs: number
  outputs: number
  kernel: number
  bias: boolean
}

export interface NormBlock extends Named {
  kind: 'norm'
  features: number
  affine: boolean
}

export interface NeuronBlock extends Named {
  kind: 'neuron'
  /** Kind of the layer table and its values. */
  layer: string
  params: FieldValues
}

/** Input weights and neurons in one module, LeakyParallel of snnTorch. */
export interface ParallelBlock extends Named {
  kind: 'parallel'
  inputs: number
  params: FieldValues
}

/** Without tensors: known from a name, from a gap in the numbers of a sequence, or because shapes want it. */
export interface ShapeBlock extends Named {
  kind: 'pool' | 'flatten' | 'dropout'
  /** Where its name says so. */
  pooling?: 'max' | 'avg'
}

export type Block = LinearBlock | ConvolutionBlock | NormBlock | NeuronBlock | ParallelBlock | ShapeBlock

/** A module whose tensors no layer has. */
export interface StrangeModule {
  kind: 'strange'
  id: string
  tensors: string[]
}

function convolutionBlock(id: string, weight: TensorNode, bias: boolean): ConvolutionBlock | null {
  const [outputs, inputs, ...kernel] = weight.shape
  if (kernel.some((size) => size !== kernel[0])) return null
  return { kind: 'conv', id, axes: kernel.length as 1 | 2, inputs, outputs, kernel: kernel[0], bias }
}

/** What a module without neurons is, by its tensors, or by its name where it has none; null: it does nothing known. */
export function blockOf({ path: id, tensors }: FoundModule): Block | StrangeModule | null {
  const weight = tensors.get('weight')
  const names = [...tensors.keys()]
  const only = (...known: string[]) => names.every((name) => known.includes(name))
  const strange: StrangeModule = { kind: 'strange', id, tensors: names }
  const mean = tensors.get('running_mean')
  if (mean && only('weight', 'bias', 'running_mean', 'running_var', 'num_batches_tracked')) {
    return { kind: 'norm', id, features: mean.shape[0] ?? 0, affine: weight !== undefined }
  }
  if (weight && only('weight', 'bias')) {
    const bias = tensors.has('bias')
    const [outputs, inputs] = weight.shape
    if (weight.shape.length === 2) return { kind: 'linear', id, inputs, outputs, bias }
    if (weight.shape.length === 3 || weight.shape.length === 4) {
      return convolutionBlock(id, weight, bias) ?? strange
    }
  }
  if (tensors.size > 0) return strange
  const name = id.split('.').at(-1) ?? ''
  if (/pool|^mp\d*$|^ap\d*$/i.test(name)) {
    const pooling = /avg|mean|^ap/i.test(name) ? 'avg' : /max|^mp/i.test(name) ? 'max' : undefined
    return { kind: 'pool', id, pooling }
  }
  if (/^flat/i.test(name)) return { kind: 'flatten', id }
  if (/^drop|^dp\d*$/i.test(name)) return { kind: 'dropout', id }
  return null
}
