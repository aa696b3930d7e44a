import { dtypeNamed } from '../../../src-main/containers/dtypes.ts'
import { bytesOf } from '../../../src-main/containers/fileBytes.ts'
import { openFileBytes } from '../../../src-main/checkpoints/files/open.ts'
import {
  dictOf,
  type FileNode,
  type OpenedFile,
  type ScalarNode,
  type TensorNode,
} from '../../../src-main/checkpoints/files/openedFile.ts'
import { torchParts } from '../../../src-main/checkpoints/writers/torchWriter.ts'

/** Trees made by hand, and the files that they become. */

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

export function tensor(dtype: string, shape: number[], values: ArrayBufferView): TensorNode {
  const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
  return { kind: 'tensor', dtype: dtypeNamed(dtype), shape, device: 'cpu', read: () => bytes.slice() }
}

/** A float32 tensor of 0.01, 0.02, ... */
export function ramp(...shape: number[]): TensorNode {
  const count = shape.reduce((product, size) => product * size, 1)
  return tensor(
    'float32',
    shape,
    Float32Array.from({ length: count }, (_, i) => (i + 1) / 100),
  )
}

export function filled(value: number, ...shape: number[]): TensorNode {
  const count = shape.reduce((product, size) => product * size, 1)
  return tensor('float32', shape, new Float32Array(count).fill(value))
}

export const long = (value: number): TensorNode => tensor('int64', [], BigInt64Array.of(BigInt(value)))

export function value(given: number | string | boolean | null): ScalarNode {
  if (given === null) return { kind: 'scalar', type: 'none', value: null }
  if (typeof given === 'string') return { kind: 'scalar', type: 'str', value: given }
  if (typeof given === 'boolean') return { kind: 'scalar', type: 'bool', value: given }
  return { kind: 'scalar', type: Number.isInteger(given) ? 'int' : 'float', value: given }
}

/** A state dict; `modules` are torch's `_metadata`. */
export function stateDict(entries: Record<string, FileNode>, modules?: readonly string[]): FileNode {
  const version = dictOf([['version', value(1)]])
  return {
    ...dictOf(Object.entries(entries)),
    metadata: modules && dictOf(modules.map((path) => [path, version])),
  } as FileNode
}

export function opened(bytes: Uint8Array): OpenedFile {
  return openFileBytes(bytesOf(bytes), '/somewhere/model.pth')
}

/** A tree written as torch.save would, and opened again. */
export function openedTorch(root: FileNode): OpenedFile {
  return opened(joined(torchParts(root, 'model')))
}

/** A neuron of snnTorch as it is saved. */
export function leakyState(name: string, beta = 0.9): Record<string, FileNode> {
  return {
    [`${name}.threshold`]: filled(1),
    [`${name}.graded_spikes_factor`]: filled(1),
    [`${name}.reset_mechanism_val`]: long(0),
    [`${name}.beta`]: filled(beta),
  }
}
