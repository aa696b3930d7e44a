import type { NumberSource } from '../../analysis/numberSource.ts'
import { readTensor, type OpenedFile, type TensorNode } from './openedFile.ts'
import { elementsOf, requireReadable } from './tensorNumbers.ts'

/** Bytes of tensors that are kept beside the last one. */
const budget = 2 ** 28

/** The bytes of the tensors that were looked at last, so that each further look does not read them anew. */
export class RecentTensors {
  private readonly kept = new Map<TensorNode, Uint8Array>()

  /** Throws `tensor.large` and `file.damaged`. */
  bytes(file: OpenedFile, node: TensorNode): Uint8Array {
    requireReadable(file, node)
    const bytes = this.kept.get(node) ?? readTensor(file, node)
    this.kept.delete(node)
    this.kept.set(node, bytes)
    let total = [...this.kept.values()].reduce((sum, { length }) => sum + length, 0)
    for (const [old, { length }] of this.kept) {
      if (total <= budget || old === node) break
      this.kept.delete(old)
      total -= length
    }
    return bytes
  }

  /** Null where the elements are no single numbers. Throws as `bytes` does. */
  numbers(file: OpenedFile, node: TensorNode): NumberSource | null {
    return node.dtype.number ? elementsOf(node.dtype, this.bytes(file, node)) : null
  }
}
