import type { MatrixWindow, TensorSlice } from '../../src-shared/contentsContract.ts'
import type { NumberSource } from './numberSource.ts'

/** A tensor of any shape seen as a matrix: some axes make the rows, some the columns, the others stand still. */
export interface MatrixView {
  rows: number
  columns: number
  /** Place of an element among all of the tensor, row-major. */
  place(row: number, column: number): number
}

/** Place of the i-th combination of some axes, the last one counting fastest. */
function offsets(shape: readonly number[], strides: readonly number[], axes: readonly number[]) {
  const merged: { size: number; stride: number }[] = []
  for (const axis of axes) {
    const last = merged.at(-1)
    if (last && last.stride === strides[axis] * shape[axis]) {
      last.size *= shape[axis]
      last.stride = strides[axis]
    } else merged.push({ size: shape[axis], stride: strides[axis] })
  }
  const size = merged.reduce((product, part) => product * part.size, 1)
  if (merged.length === 0) return { size, at: () => 0 }
  if (merged.length === 1) {
    const [{ stride }] = merged
    return { size, at: (i: number) => i * stride }
  }
  return {
    size,
    at(i: number): number {
      let sum = 0
      for (let part = merged.length - 1; part >= 0; part--) {
        sum += (i % merged[part].size) * merged[part].stride
        i = Math.floor(i / merged[part].size)
      }
      return sum
    },
  }
}

/** Whether a slice is one of tensors of this shape: every axis once at most, every index inside. */
export function isSliceOf(shape: readonly number[], { rows, columns, at }: TensorSlice): boolean {
  const used = [...rows, ...columns]
  if (at.length !== shape.length || new Set(used).size !== used.length) return false
  if (used.some((axis) => axis >= shape.length)) return false
  return at.every((index, axis) => used.includes(axis) || index < shape[axis])
}

/** The matrix of a slice, of a tensor that is stored row-major. The slice must be one of its shape. */
export function matrixView(shape: readonly number[], slice: TensorSlice): MatrixView {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1))
  const rows = offsets(shape, strides, slice.rows)
  const columns = offsets(shape, strides, slice.columns)
  const moving = new Set([...slice.rows, ...slice.columns])
  const base = slice.at.reduce((sum, index, axis) => sum + (moving.has(axis) ? 0 : index * strides[axis]), 0)
  return {
    rows: rows.size,
    columns: columns.size,
    place: (row, column) => base + rows.at(row) + columns.at(column),
  }
}

/** The part of what was asked for that the matrix has. */
function inside(matrix: MatrixView, asked: MatrixWindow): MatrixWindow {
  const row = Math.min(asked.row, matrix.rows)
  const column = Math.min(asked.column, matrix.columns)
  return {
    row,
    column,
    rows: Math.min(asked.rows, matrix.rows - row),
    columns: Math.min(asked.columns, matrix.columns - column),
  }
}

/** The values of a part of a matrix, row-major. */
export function windowValues(
  source: NumberSource,
  matrix: MatrixView,
  asked: MatrixWindow,
): MatrixWindow & { values: Float64Array } {
  const window = inside(matrix, asked)
  const values = new Float64Array(window.rows * window.columns)
  for (let row = 0; row < window.rows; row++) {
    for (let column = 0; column < window.columns; column++) {
      const place = matrix.place(window.row + row, window.column + column)
      values[row * window.columns + column] = source.at(place)
    }
  }
  return { ...window, values }
}

/**
 * Means over blocks of a part of a matrix, so that at most `most` rows and columns of blocks are left; a block that
 * holds a NaN is NaN.
 */
export function heatMap(
  source: NumberSource,
  matrix: MatrixView,
  asked: MatrixWindow,
  most: number,
): MatrixWindow & { tall: number; wide: number; values: Float32Array } {
  const window = inside(matrix, asked)
  const tall = Math.min(window.rows, most)
  const wide = Math.min(window.columns, most)
  const sums = new Float64Array(tall * wide)
  const counts = new Uint32Array(tall * wide)
  for (let row = 0; row < window.rows; row++) {
    const line = Math.floor((row * tall) / window.rows) * wide
    for (let column = 0; column < window.columns; column++) {
      const block = line + Math.floor((column * wide) / window.columns)
      sums[block] += source.at(matrix.place(window.row + row, window.column + column))
      counts[block]++
    }
  }
  return { ...window, tall, wide, values: Float32Array.from(sums, (sum, i) => sum / counts[i]) }
}
