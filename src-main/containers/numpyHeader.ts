import { elementCount } from '../../src-shared/model/layerDefinition.ts'
import { findNumpyDtype, type Dtype } from './dtypes.ts'
import type { FileBytes } from './fileBytes.ts'
import { FileProblem, shown } from './fileProblem.ts'

/**
 * How NumPy's array files (`.npy`) begin: a magic number, the length of a header, and the header as the text of a
 * Python dictionary with type, order and shape, of which nothing is evaluated. Source: numpy, `numpy.lib.format`.
 */
const magic = '\x93NUMPY'
const longestHeader = 65536
/** As many axes as NumPy has. */
const mostAxes = 64

/** A field of a structured array, or the one nameless field of a plain one. */
export interface NumpyField {
  name: string
  dtype: Dtype
  bigEndian: boolean
  /** Place in an element. */
  at: number
}

export interface NumpyHeader {
  fields: NumpyField[]
  /** Of one element, all fields together. */
  elementBytes: number
  /** Whether the first axis is next to itself, as Fortran keeps it. */
  columns: boolean
  shape: number[]
  /** Where the values begin, and how many bytes they take. */
  start: number
  length: number
}

/** Whether a file begins as an array does. */
export function isNumpy(file: FileBytes): boolean {
  return file.size >= 10 && String.fromCharCode(...file.read(0, 6)) === magic
}

function fieldsOf(text: string, refuse: () => FileProblem): Pick<NumpyHeader, 'fields' | 'elementBytes'> {
  const plain = /'descr':\s*'([^']{2,40})'/.exec(text)?.[1]
  const list = /'descr':\s*\[([^\]]*)\]/.exec(text)?.[1] ?? ''
  const types =
    plain === undefined
      ? [...list.matchAll(/\('([^']*)',\s*'([^']*)'\)/g)].map(([, name, type]) => ({ name, type }))
      : [{ name: '', type: plain }]
  if (types.length === 0) throw refuse()
  let at = 0
  const fields = types.map(({ name, type }) => {
    const [, order, code] = /^([<>|=]?)(\w{1,8})$/.exec(type) ?? []
    const dtype = code === undefined ? undefined : findNumpyDtype(code)
    if (!dtype) throw new FileProblem('problem.dtype', { dtype: shown(type) })
    const field = { name, dtype, bigEndian: order === '>', at }
    at += dtype.bytes
    return field
  })
  return { fields, elementBytes: at }
}

/** Reads the header of an array file. Throws FileProblem. */
export function readNumpyHeader(file: FileBytes): NumpyHeader {
  if (!isNumpy(file)) throw new FileProblem('problem.numpyHeader', { found: '' })
  const wide = file.read(6, 1)[0] >= 2
  const size = file.read(8, wide ? 4 : 2)
  const view = new DataView(size.buffer, size.byteOffset)
  const length = wide ? view.getUint32(0, true) : view.getUint16(0, true)
  if (length > longestHeader) throw new FileProblem('problem.headerLong', { length, size: file.size })
  const begin = wide ? 12 : 10
  const text = new TextDecoder('latin1').decode(file.read(begin, length))
  const refuse = () => new FileProblem('problem.numpyHeader', { found: shown(text.trim()) })
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1]
  const sizes = /'shape':\s*\(([\d,\sL]{0,1000})\)/.exec(text)?.[1]
  if (order === undefined || sizes === undefined) throw refuse()
  const { fields, elementBytes } = fieldsOf(text, refuse)
  const shape = (sizes.match(/\d+/g) ?? []).map(Number)
  const bytes = elementCount(shape) * elementBytes
  if (shape.length > mostAxes) throw refuse()
  if (!Number.isSafeInteger(bytes))
    throw new FileProblem('problem.numpySize', { shape: shape.join('×'), size: file.size })
  return { fields, elementBytes, columns: order === 'True', shape, start: begin + length, length: bytes }
}
