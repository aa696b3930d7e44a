import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { numbersOf } from '../../containers/dtypes.ts'
import type { Hdf5File } from './hdf5File.ts'

/** A dataset with a list of numbers for each recording. */
export interface NumberLists {
  count: number
  /** Lists from `first` to before `last`. Throws `hdf.damaged`. */
  read(first: number, last: number): Float64Array[]
}

function refused(file: Hdf5File, name: string, wanted: 'wanted.vlenNumbers' | 'wanted.labels') {
  const found = { phrase: 'found.other' } as const
  return new SpikedeskError('hdf.shape', { file: file.path, name, found, wanted: { phrase: wanted } })
}

/** Opens such a dataset. Throws `hdf.missing`, `hdf.shape`, `hdf.damaged`. */
export function numberLists(file: Hdf5File, name: string): NumberLists {
  const { shape, type, count, lists } = file.dataset(name)
  const numbers = type.kind === 'list' && type.of.dtype.number !== null
  if (!numbers || shape?.length !== 1) throw refused(file, name, 'wanted.vlenNumbers')
  return { count, read: (first, last) => file.guard(() => lists(first, last)) }
}

/** Class indices, one for each recording. Throws `hdf.missing`, `hdf.shape`, `hdf.damaged`. */
export function labelValues(file: Hdf5File, name: string, count: number): Uint8Array {
  const { shape, type, bytes } = file.dataset(name)
  const values =
    shape?.length === 1 && shape[0] === count && type.kind === 'number'
      ? file.guard(() => numbersOf(type.dtype, bytes()))
      : null
  if (!values?.every((value) => Number.isInteger(value) && value >= 0 && value <= 255))
    throw refused(file, name, 'wanted.labels')
  return Uint8Array.from(values)
}

/** Texts of a dataset; none where there is no such one. Throws `hdf.damaged`. */
export function textValues(file: Hdf5File, name: string): string[] {
  const found = file.find(name)
  const isText = found?.type.kind === 'text' || found?.type.kind === 'heapText'
  return found && isText ? file.guard(() => found.texts()) : []
}
