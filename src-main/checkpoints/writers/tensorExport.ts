import { statSync } from 'node:fs'
import type { ExportResult } from '../../../src-shared/checkpointContract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { writeFileAtomically } from '../atomicFile.ts'
import { dtypeNamed } from '../files/dtypes.ts'
import { readTensor, type OpenedFile } from '../files/openedFile.ts'
import { tensorAt, tensorNumbers } from '../files/tensorView.ts'
import { numpyParts } from './numpyWriter.ts'

function csvParts(values: Float64Array, columns: number): Uint8Array[] {
  const encoder = new TextEncoder()
  const parts: Uint8Array[] = []
  for (let at = 0; at < values.length; at += columns) {
    parts.push(encoder.encode(`${values.subarray(at, at + columns).join(',')}\n`))
  }
  return parts
}

/**
 * Writes one tensor as `.npy` (types that NumPy lacks as float32) or `.csv` (first axis by all others). Throws
 * `tensor.unknown`, `tensor.export` where its elements are no single numbers, `checkpoint.unwritable`.
 */
export function exportTensor(
  file: OpenedFile,
  path: readonly string[],
  format: 'npy' | 'csv',
  to: string,
): ExportResult {
  const node = tensorAt(file, path)
  const { dtype, shape } = node
  if (format === 'npy' && dtype.numpy) {
    writeFileAtomically(to, numpyParts({ dtype, shape, bytes: readTensor(file, node) }))
    return { path: to, bytes: statSync(to).size, notes: [] }
  }
  const values = tensorNumbers(file, node)
  if (!values) throw new SpikedeskError('tensor.export', { tensor: path.join('.'), type: dtype.name })
  const columns = Math.max(1, elementCount(shape.slice(1)))
  const floats = Float32Array.from(values)
  const bytes = new Uint8Array(floats.buffer)
  const parts =
    format === 'csv' ? csvParts(values, columns) : numpyParts({ dtype: dtypeNamed('float32'), shape, bytes })
  writeFileAtomically(to, parts)
  const notes = format === 'npy' ? [{ phrase: 'note.asFloat32', type: dtype.name } as const] : []
  return { path: to, bytes: statSync(to).size, notes }
}
