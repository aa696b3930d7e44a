import { elementCount } from '../../../src-shared/model/layerDefinition.ts'
import type { Dtype } from '../../containers/dtypes.ts'
import { zipParts } from './zipWriter.ts'

/** An array for NumPy, row-major and little-endian. */
export interface NewArray {
  dtype: Dtype
  shape: readonly number[]
  bytes: Uint8Array
}

/** How a `.npy` file begins. Throws a RangeError for types that NumPy does not have. Source: `numpy.lib.format`. */
export function numpyHeader(dtype: Dtype, shape: readonly number[]): Uint8Array {
  if (!dtype.numpy) throw new RangeError(`NumPy has no type ${dtype.name}`)
  const order = dtype.word === 1 ? '|' : '<'
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${order}${dtype.numpy}', 'fortran_order': False, 'shape': (${sizes}), }`
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10
  const header = new Uint8Array(10 + length).fill(0x20)
  header.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, length & 255, length >> 8])
  header.set(new TextEncoder().encode(text), 10)
  header[header.length - 1] = 0x0a
  return header
}

/** The parts of a `.npy` file. Throws a RangeError where the bytes do not match the shape, and as above. */
export function numpyParts({ dtype, shape, bytes }: NewArray): Uint8Array[] {
  const header = numpyHeader(dtype, shape)
  if (bytes.length !== elementCount(shape) * dtype.bytes)
    throw new RangeError('the bytes do not match the shape')
  return [header, bytes]
}

/** The parts of a `.npz` file, as `numpy.savez` writes it: one array a name. */
export function numpyArchiveParts(arrays: ReadonlyMap<string, NewArray>): Uint8Array[] {
  return zipParts(
    [...arrays].map(([name, array]) => ({
      name: `${name}.npy`,
      bytes: new Uint8Array(Buffer.concat(numpyParts(array))),
    })),
  )
}
