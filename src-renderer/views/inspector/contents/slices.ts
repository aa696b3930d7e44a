import type { TensorSlice } from '../../../../src-shared/contentsContract.ts'

/** What an axis does in a slice. */
export type AxisUse = 'rows' | 'columns' | 'one'

/** A matrix of the first axis by all others; a vector lies in one row. */
export function firstSlice(shape: readonly number[]): TensorSlice {
  const at = shape.map(() => 0)
  if (shape.length < 2) return { rows: [], columns: shape.map((_, axis) => axis), at }
  return { rows: [0], columns: shape.slice(1).map((_, i) => i + 1), at }
}

export function useOf(slice: TensorSlice, axis: number): AxisUse {
  if (slice.rows.includes(axis)) return 'rows'
  return slice.columns.includes(axis) ? 'columns' : 'one'
}

/** The slice with an axis used otherwise; axes of one side stay in their order. */
export function withUse(slice: TensorSlice, axis: number, use: AxisUse): TensorSlice {
  const others = (axes: readonly number[]) => axes.filter((other) => other !== axis)
  const joined = (axes: readonly number[], wanted: boolean) =>
    wanted ? [...others(axes), axis].toSorted((a, b) => a - b) : others(axes)
  return {
    rows: joined(slice.rows, use === 'rows'),
    columns: joined(slice.columns, use === 'columns'),
    at: slice.at,
  }
}

/** Rows become columns and the other way round. */
export function turned({ rows, columns, at }: TensorSlice): TensorSlice {
  return { rows: columns, columns: rows, at }
}

/** How many rows and columns a slice has. */
export function sliceSize(shape: readonly number[], slice: TensorSlice): { rows: number; columns: number } {
  const count = (axes: readonly number[]) => axes.reduce((product, axis) => product * shape[axis], 1)
  return { rows: count(slice.rows), columns: count(slice.columns) }
}

/** Place of the i-th combination of some axes along each of them. */
function placeAlong(shape: readonly number[], axes: readonly number[], i: number, into: number[]): void {
  for (const axis of axes.toReversed()) {
    into[axis] = i % shape[axis]
    i = Math.floor(i / shape[axis])
  }
}

/** Indices of an element of a slice, one for each axis of the tensor. */
export function elementIndex(
  shape: readonly number[],
  slice: TensorSlice,
  row: number,
  column: number,
): number[] {
  const index = [...slice.at]
  placeAlong(shape, slice.rows, row, index)
  placeAlong(shape, slice.columns, column, index)
  return index
}
