import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { bytesOf } from '../../containers/fileBytes.ts'
import { FileProblem } from '../../containers/fileProblem.ts'
import { isNumpy, readNumpyHeader, type NumpyField, type NumpyHeader } from '../../containers/numpyHeader.ts'

export interface NpyArray extends NumpyHeader {
  /** The values as they lie. */
  data: DataView
}

/** Whether the bytes begin as an array does. */
export function looksLikeNpy(bytes: Uint8Array): boolean {
  return isNumpy(bytesOf(bytes))
}

function refused(file: string, { phrase }: FileProblem): SpikedeskError {
  return phrase.phrase === 'problem.dtype'
    ? new SpikedeskError('array.type', {
        ...{ file, found: phrase.dtype, wanted: { phrase: 'wanted.numbers' } as const },
      })
    : new SpikedeskError('array.damaged', { file, detail: phrase })
}

/** Reads an array; its values stay where they are. Throws `array.damaged`, `array.type`. */
export function readNpy(bytes: Uint8Array, file: string): NpyArray {
  try {
    const header = readNumpyHeader(bytesOf(bytes))
    const { start, length } = header
    if (start + length > bytes.length)
      throw new SpikedeskError('array.damaged', { file, detail: { phrase: 'detail.short' } })
    const numbers = header.fields.find(({ dtype }) => dtype.number === null)
    if (numbers) throw new FileProblem('problem.dtype', { dtype: numbers.dtype.name })
    return { ...header, data: new DataView(bytes.buffer, bytes.byteOffset + start, length) }
  } catch (thrown) {
    throw thrown instanceof FileProblem ? refused(file, thrown) : thrown
  }
}

/** Elements of an array in all. */
export function elementsOf({ shape }: NpyArray): number {
  return shape.reduce((product, side) => product * side, 1)
}

const turned = new DataView(new ArrayBuffer(16))

/** How a value of a field is read at a place. */
function readerOf({ dtype, bigEndian }: NumpyField): (view: DataView, at: number) => number {
  const { number, bytes } = dtype
  if (!number) throw new Error(`${dtype.name} is no number`)
  if (!bigEndian || bytes === 1) return number
  return (view, at) => {
    for (let i = 0; i < bytes; i++) turned.setUint8(bytes - 1 - i, view.getUint8(at + i))
    return number(turned, 0)
  }
}

/** `count` values of one field from element `first` on, every `step`-th, as they lie. */
export function npyValues(
  array: NpyArray,
  field: NumpyField,
  first = 0,
  count = elementsOf(array),
  step = 1,
): Float64Array {
  const read = readerOf(field)
  const { data, elementBytes } = array
  const values = new Float64Array(count)
  for (let i = 0; i < count; i++) values[i] = read(data, (first + i * step) * elementBytes + field.at)
  return values
}
