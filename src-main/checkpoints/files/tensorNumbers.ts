import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import type { NumberSource } from '../../analysis/numberSource.ts'
import { numbersOf, type Dtype } from '../../containers/dtypes.ts'
import { nodeAt, readTensor, type OpenedFile, type TensorNode } from './openedFile.ts'

/** Larger tensors are not read into memory. */
const mostElements = 2 ** 28

/** The tensor at a path of the tree; throws `tensor.unknown`. */
export function tensorAt(file: OpenedFile, path: readonly string[]): TensorNode {
  const node = nodeAt(file.root, path)
  if (node?.kind === 'tensor') return node
  throw new SpikedeskError('tensor.unknown', { path: file.path, tensor: path.join('.') })
}

/** Throws `tensor.large` where a tensor is not to be read into memory. */
export function requireReadable(file: OpenedFile, node: TensorNode): void {
  const count = elementCount(node.shape)
  if (count > mostElements)
    throw new SpikedeskError('tensor.large', { path: file.path, count, limit: mostElements })
}

/** All numbers of a tensor; null where its elements are no single numbers. Throws `tensor.large`. */
export function tensorNumbers(file: OpenedFile, node: TensorNode): Float64Array | null {
  requireReadable(file, node)
  return node.dtype.number ? numbersOf(node.dtype, readTensor(file, node)) : null
}

/** The elements of a type as numbers, without a copy of all of them; null where they are not single numbers. */
export function elementsOf(dtype: Dtype, bytes: Uint8Array): NumberSource | null {
  const { number, bytes: size } = dtype
  if (!number) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return {
    count: Math.floor(bytes.length / size),
    read(from, into) {
      for (let i = 0; i < into.length; i++) into[i] = number(view, (from + i) * size)
    },
    at: (index) => number(view, index * size),
  }
}
