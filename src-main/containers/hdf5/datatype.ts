import { findDtype, type Dtype } from '../dtypes.ts'
import { FileProblem } from '../fileProblem.ts'
import { Cursor } from './cursor.ts'

/** The type of a dataset's elements. Source: HDF5 File Format Specification 3.0, IV.A.2.d. */
export type ElementType =
  | NumberType
  | { kind: 'text'; bytes: number }
  /** Text of any length, kept in the global heap. */
  | { kind: 'heapText'; bytes: number }
  /** A list of numbers of any length, kept there too. */
  | { kind: 'list'; bytes: number; of: NumberType }
  | { kind: 'other'; name: string; bytes: number }

export interface NumberType {
  kind: 'number'
  dtype: Dtype
  bigEndian: boolean
}

const classes = [
  'integer',
  'float',
  'time',
  'string',
  'bit field',
  'opaque',
  'compound',
  'reference',
  'enum',
  'sequence',
  'array',
]

function number(family: string, bytes: number, flags: number): ElementType {
  const dtype = findDtype(`${family}${bytes * 8}`)
  if (!dtype) return { kind: 'other', name: `${family}${bytes * 8}`, bytes }
  return { kind: 'number', dtype, bigEndian: (flags & 1) === 1 }
}

export function readDatatype(body: Uint8Array): ElementType {
  const cursor = new Cursor(body)
  const head = cursor.unsigned(1)
  const flags = cursor.unsigned(1)
  cursor.skip(2)
  const bytes = cursor.unsigned(4)
  if (bytes === 0) throw new FileProblem('problem.hdf5')
  switch (head & 15) {
    case 0:
      return number(flags & 8 ? 'int' : 'uint', bytes, flags)
    case 1:
      return number('float', bytes, flags)
    case 3:
      return { kind: 'text', bytes }
    case 8: {
      // h5py keeps booleans as an enumeration of bytes.
      const base = readDatatype(cursor.take(cursor.left))
      return base.kind === 'number' && base.dtype.bytes === bytes
        ? base
        : { kind: 'other', name: 'enum', bytes }
    }
    case 9: {
      if ((flags & 15) === 1 && bytes === 16) return { kind: 'heapText', bytes }
      const base = (flags & 15) === 0 && bytes === 16 ? readDatatype(cursor.take(cursor.left)) : null
      if (base?.kind === 'number') return { kind: 'list', bytes, of: base }
    }
  }
  return { kind: 'other', name: classes[head & 15] ?? 'unknown', bytes }
}

/** Sizes of the axes; null where the dataset holds nothing. */
export function readDataspace(body: Uint8Array): number[] | null {
  const cursor = new Cursor(body)
  const version = cursor.unsigned(1)
  const rank = cursor.unsigned(1)
  cursor.skip(1)
  if (version === 1) cursor.skip(5)
  else if (cursor.unsigned(1) === 2) return null
  if (rank > 32) throw new FileProblem('problem.hdf5')
  return Array.from({ length: rank }, () => cursor.address())
}
