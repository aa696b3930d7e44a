import type { NamedTensor } from '../../engine/executor.ts'
import { dtypeNamed } from '../../containers/dtypes.ts'
import type { TensorNode } from '../files/openedFile.ts'

/** A float32 tensor as a node of a tree. */
export function floatTensor({ shape, data }: Pick<NamedTensor, 'shape' | 'data'>): TensorNode {
  return {
    kind: 'tensor',
    dtype: dtypeNamed('float32'),
    shape,
    device: 'cpu',
    read: () => new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice(),
  }
}

/** An int64 scalar as a node of a tree, as torch keeps counts. */
export function longScalar(value: number): TensorNode {
  const bytes = new Uint8Array(BigInt64Array.of(BigInt(value)).buffer)
  return { kind: 'tensor', dtype: dtypeNamed('int64'), shape: [], device: 'cpu', read: () => bytes.slice() }
}
