import type { TensorView } from '../../../src-shared/checkpointContract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import { deadRows, heatMap, histogram, tensorStatistics } from '../../analysis/tensorStatistics.ts'
import { numbersOf } from './dtypes.ts'
import { nodeAt, readTensor, type OpenedFile, type TensorNode } from './openedFile.ts'

const bins = 64
const mostDeadRows = 1000
const heatMapSize = 256
/** Statistics take eight bytes an element; larger tensors are refused. */
const mostElements = 2 ** 28

/** A part of a tensor seen as a matrix. */
export interface ViewWindow {
  row: number
  column: number
  rows: number
  columns: number
}

/** The tensor at a path of the tree; throws `tensor.unknown`. */
export function tensorAt(file: OpenedFile, path: readonly string[]): TensorNode {
  const node = nodeAt(file.root, path)
  if (node?.kind === 'tensor') return node
  throw new SpikedeskError('tensor.unknown', { path: file.path, tensor: path.join('.') })
}

/** All numbers of a tensor; null where its elements are no single numbers. Throws `tensor.large`. */
export function tensorNumbers(file: OpenedFile, node: TensorNode): Float64Array | null {
  const count = elementCount(node.shape)
  if (count > mostElements)
    throw new SpikedeskError('tensor.large', { path: file.path, count, limit: mostElements })
  return node.dtype.number ? numbersOf(node.dtype, readTensor(file, node)) : null
}

function cut(values: Float64Array, columns: number, window: ViewWindow): Float64Array {
  const part = new Float64Array(window.rows * window.columns)
  for (let row = 0; row < window.rows; row++) {
    const from = (window.row + row) * columns + window.column
    part.set(values.subarray(from, from + window.columns), row * window.columns)
  }
  return part
}

/** A tensor's facts and a part of its values. Throws `tensor.unknown`, `tensor.large`, `file.damaged`. */
export function viewTensor(file: OpenedFile, path: readonly string[], asked: ViewWindow): TensorView {
  const node = tensorAt(file, path)
  const { dtype, shape, device } = node
  const rows = shape.length > 0 ? shape[0] : 1
  const columns = elementCount(shape.slice(1))
  const values = tensorNumbers(file, node)
  const statistics = values && tensorStatistics(values)
  const { min, max } = statistics ?? { min: 0, max: 0 }
  const window = {
    row: Math.min(asked.row, rows),
    column: Math.min(asked.column, columns),
    rows: values ? Math.max(0, Math.min(asked.rows, rows - asked.row)) : 0,
    columns: values ? Math.max(0, Math.min(asked.columns, columns - asked.column)) : 0,
  }
  const known = values ?? new Float64Array()
  return {
    ...{ type: dtype.name, shape, device, rows, columns, statistics },
    bytes: elementCount(shape) * dtype.bytes,
    deadRows: values ? deadRows(values, rows, columns, mostDeadRows) : { rows: [], count: 0 },
    histogram: { min, max, counts: histogram(known, min, max, bins) },
    window: { ...window, values: cut(known, columns, window) },
    heatMap: values
      ? heatMap(values, rows, columns, heatMapSize)
      : { rows: 0, columns: 0, values: new Float32Array() },
  }
}
