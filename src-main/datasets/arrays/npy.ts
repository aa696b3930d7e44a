import { SpikedeskError } from '../../../src-shared/errors/index.ts'

/**
 * The `.npy` format of NumPy (NEP 1): a magic number, the length of a header, the header as the text of a Python
 * dictionary with type, order and shape, then the values.
 */
const magic = '\x93NUMPY'
const headerLimit = 1 << 16
/** More dimensions than any data here have. */
const dimensionsLimit = 8

/** One column of numbers: how a value is read at a place. */
interface NumberType {
  bytes: number
  read(view: DataView, at: number): number
}

/** A field of a structured array, or the one nameless field of a plain one. */
interface NpyField {
  name: string
  /** As NumPy writes it, e.g. `<i2`. */
  type: string
  at: number
}

export interface NpyArray {
  shape: number[]
  fields: NpyField[]
  /** Of one element, all fields together. */
  elementBytes: number
  fortranOrder: boolean
  /** The values as they lie. */
  data: DataView
}

function half(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const [exponent, fraction] = [(bits >>> 10) & 31, bits & 1023]
  if (exponent === 31) return fraction ? NaN : sign * Infinity
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

/** The number in 16 bits of IEEE 754, as SHD stores its times. */
export const numberOfHalf = half

function numberType(type: string): NumberType | null {
  const little = type[0] !== '>'
  const types: Record<string, NumberType['read']> = {
    b1: (view, at) => view.getUint8(at),
    u1: (view, at) => view.getUint8(at),
    i1: (view, at) => view.getInt8(at),
    u2: (view, at) => view.getUint16(at, little),
    i2: (view, at) => view.getInt16(at, little),
    u4: (view, at) => view.getUint32(at, little),
    i4: (view, at) => view.getInt32(at, little),
    u8: (view, at) => Number(view.getBigUint64(at, little)),
    i8: (view, at) => Number(view.getBigInt64(at, little)),
    f2: (view, at) => half(view.getUint16(at, little)),
    f4: (view, at) => view.getFloat32(at, little),
    f8: (view, at) => view.getFloat64(at, little),
  }
  const key = type.slice(1)
  const read = /^[<>|=]$/.test(type[0] ?? '') && Object.hasOwn(types, key) ? types[key] : undefined
  return read ? { bytes: Number(key[1]), read } : null
}

function damaged(
  file: string,
  detail: 'detail.header' | 'detail.headerValues' | 'detail.short',
): SpikedeskError {
  return new SpikedeskError('array.damaged', { file, detail: { phrase: detail } })
}

function requireType(type: string, file: string): NumberType {
  const found = numberType(type)
  if (found) return found
  const data = { file, found: type.slice(0, 40), wanted: { phrase: 'wanted.numbers' } as const }
  throw new SpikedeskError('array.type', data)
}

function fieldsOf(header: string, file: string): { fields: NpyField[]; elementBytes: number } {
  const plain = /'descr':\s*'([^']{2,40})'/.exec(header)?.[1]
  const list = /'descr':\s*\[([^\]]*)\]/.exec(header)?.[1]
  const named = plain === undefined ? [...(list ?? '').matchAll(/\('([^']*)',\s*'([^']*)'\)/g)] : []
  const types =
    plain === undefined ? named.map(([, name, type]) => ({ name, type })) : [{ name: '', type: plain }]
  if (types.length === 0) throw damaged(file, 'detail.headerValues')
  let at = 0
  const fields = types.map(({ name, type }) => {
    const field = { name, type, at }
    at += requireType(type, file).bytes
    return field
  })
  return { fields, elementBytes: at }
}

/** Whether the bytes begin as an array does. */
export function looksLikeNpy(bytes: Uint8Array): boolean {
  return bytes.length >= 10 && [...magic].every((letter, i) => bytes[i] === letter.charCodeAt(0))
}

/** Reads an array; its values stay where they are. Throws `array.damaged`, `array.type`. */
export function readNpy(bytes: Uint8Array, file: string): NpyArray {
  if (!looksLikeNpy(bytes)) throw damaged(file, 'detail.header')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const first = bytes[6] === 1
  if (!first && bytes.length < 12) throw damaged(file, 'detail.header')
  const begin = first ? 10 : 12
  const length = first ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > headerLimit || begin + length > bytes.length) throw damaged(file, 'detail.header')
  const header = new TextDecoder('latin1').decode(bytes.subarray(begin, begin + length))
  const shapeText = /'shape':\s*\(([\d\s,]*)\)/.exec(header)?.[1]
  const order = /'fortran_order':\s*(True|False)/.exec(header)?.[1]
  if (shapeText === undefined || order === undefined) throw damaged(file, 'detail.headerValues')
  const shape = shapeText
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(Number)
  const { fields, elementBytes } = fieldsOf(header, file)
  const size = shape.reduce((product, side) => product * side, elementBytes)
  if (shape.length > dimensionsLimit || !Number.isSafeInteger(size))
    throw damaged(file, 'detail.headerValues')
  if (begin + length + size > bytes.length) throw damaged(file, 'detail.short')
  const data = new DataView(view.buffer, view.byteOffset + begin + length, size)
  return { shape, fields, elementBytes, fortranOrder: order === 'True', data }
}

/** Elements of an array in all. */
export function elementsOf({ shape }: NpyArray): number {
  return shape.reduce((product, side) => product * side, 1)
}

/** `count` values of one field from element `first` on, every `step`-th, as they lie. */
export function npyValues(
  array: NpyArray,
  field: NpyField,
  first = 0,
  count = elementsOf(array),
  step = 1,
): Float64Array {
  const { read } = requireType(field.type, '')
  const { data, elementBytes } = array
  const values = new Float64Array(count)
  for (let i = 0; i < count; i++) values[i] = read(data, (first + i * step) * elementBytes + field.at)
  return values
}
