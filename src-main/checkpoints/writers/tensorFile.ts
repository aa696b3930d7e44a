import type { TensorFileFormat } from '../../../src-shared/contentsContract.ts'
import { SpikedeskError, type Phrase } from '../../../src-shared/errors/index.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { dtypeNamed } from '../../containers/dtypes.ts'
import type { TensorNode } from '../files/openedFile.ts'
import { elementsOf } from '../files/tensorNumbers.ts'
import { numpyHeader } from './numpyWriter.ts'

/** Numbers that a part of a text holds, about, and bytes of a part of an array. */
const partNumbers = 1 << 16
const partBytes = 1 << 22

/** A tensor as a file, made part by part so that the whole of it is never there twice. */
export interface TensorFile {
  parts: number
  part(index: number): Uint8Array
  notes: Phrase[]
}

function textFile(node: TensorNode, bytes: Uint8Array, name: string): TensorFile {
  const numbers = elementsOf(node.dtype, bytes)
  if (!numbers) throw new SpikedeskError('tensor.export', { tensor: name, type: node.dtype.name })
  const columns = Math.max(1, elementCount(node.shape.slice(1)))
  const rows = numbers.count / columns
  const rowsInPart = Math.max(1, Math.floor(partNumbers / columns))
  const encoder = new TextEncoder()
  return {
    parts: Math.max(1, Math.ceil(rows / rowsInPart)),
    notes: [],
    part(index) {
      const begin = index * rowsInPart
      const end = Math.min(rows, begin + rowsInPart)
      const line = new Float64Array(columns)
      let text = ''
      for (let row = begin; row < end; row++) {
        numbers.read(row * columns, line)
        text += `${line.join(',')}\n`
      }
      return encoder.encode(text)
    },
  }
}

function asFloats(node: TensorNode, bytes: Uint8Array, name: string): Uint8Array {
  const numbers = elementsOf(node.dtype, bytes)
  if (!numbers) throw new SpikedeskError('tensor.export', { tensor: name, type: node.dtype.name })
  const floats = new Float32Array(numbers.count)
  for (let i = 0; i < floats.length; i++) floats[i] = numbers.at(i)
  return new Uint8Array(floats.buffer)
}

function arrayFile(node: TensorNode, bytes: Uint8Array, name: string): TensorFile {
  const { dtype, shape } = node
  const kept = dtype.numpy !== null
  const data = kept ? bytes : asFloats(node, bytes, name)
  const header = numpyHeader(kept ? dtype : dtypeNamed('float32'), shape)
  return {
    parts: 1 + Math.ceil(data.length / partBytes),
    part: (index) => (index === 0 ? header : data.subarray((index - 1) * partBytes, index * partBytes)),
    notes: kept ? [] : [{ phrase: 'note.asFloat32', type: dtype.name }],
  }
}

/**
 * One tensor as `.npy` (types that NumPy lacks as float32) or `.csv` (first axis by all others), out of its bytes.
 * Throws `tensor.export` where its elements are no single numbers.
 */
export function tensorFile(
  node: TensorNode,
  bytes: Uint8Array,
  format: TensorFileFormat,
  name: string,
): TensorFile {
  return format === 'csv' ? textFile(node, bytes, name) : arrayFile(node, bytes, name)
}
