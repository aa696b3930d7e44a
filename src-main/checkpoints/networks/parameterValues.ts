import type { NumberField } from '../../../src-shared/fields.ts'
import { findLayer } from '../../../src-shared/model/layers/index.ts'
import { numbersOf } from '../../containers/dtypes.ts'
import type { TensorNode } from '../files/openedFile.ts'

/** The numbers of a tensor; empty where it holds none. */
export function valuesOf(tensor: TensorNode | undefined): Float64Array {
  return (tensor && numbersOf(tensor.dtype, tensor.read())) ?? new Float64Array()
}

/** A float32 as the shortest decimal that is the same float32: 0.95, not 0.949999988079071. */
export function shortest(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits))
    if (Math.fround(short) === Math.fround(value)) return short
  }
  return value
}

/** A number as a field of a layer takes it: one that training drove out of the range stands at its end. */
export function withinField(kind: string, key: string, value: number): number {
  const field = findLayer(kind)?.fields.find((candidate) => candidate.key === key) as NumberField
  if (!Number.isFinite(value)) return field.default
  if (field.minExclusive && value <= field.min) return field.default
  return Math.min(Math.max(shortest(value), field.min), field.max)
}
