/**
 * Copies a strided tensor into row-major order. `source` begins at its first element; strides count elements and
 * are not negative. The caller has checked that all elements lie inside.
 */
export function toRowMajor(
  source: Uint8Array,
  shape: readonly number[],
  strides: readonly number[],
  elementBytes: number,
): Uint8Array {
  const count = shape.reduce((product, size) => product * size, 1)
  const target = new Uint8Array(count * elementBytes)
  const index = shape.map(() => 0)
  let from = 0
  for (let element = 0; element < count; element++) {
    const begin = from * elementBytes
    for (let i = 0; i < elementBytes; i++) target[element * elementBytes + i] = source[begin + i]
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]
      if (++index[axis] < shape[axis]) break
      from -= strides[axis] * shape[axis]
      index[axis] = 0
    }
  }
  return target
}

/** Strides of row-major order. */
export function rowStrides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1))
}

/** Whether strides are those of row-major order, as far as they matter. */
export function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  const wanted = rowStrides(shape)
  return shape.every((size, axis) => size <= 1 || strides[axis] === wanted[axis])
}
