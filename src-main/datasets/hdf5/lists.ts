import type { Dataset } from 'h5wasm/node'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { numberOfHalf } from '../arrays/npy.ts'
import type { Hdf5File } from './hdf5File.ts'

/** Classes of HDF5's types. */
const [integerType, floatType, listType] = [0, 1, 9]

/** A dataset with a list of numbers for each recording. */
export interface NumberLists {
  count: number
  /** Lists from `first` to before `last`. Throws `hdf.damaged`. */
  read(first: number, last: number): ArrayLike<number>[]
}

/** Opens such a dataset. Throws `hdf.missing`, `hdf.shape`. */
export function numberLists(file: Hdf5File, name: string): NumberLists {
  const dataset = file.dataset(name)
  const metadata = file.guard(() => dataset.metadata)
  const inner = metadata.vlen_type
  const { shape } = metadata
  if (
    metadata.type !== listType ||
    !inner ||
    shape?.length !== 1 ||
    ![integerType, floatType].includes(inner.type)
  ) {
    const data = { file: file.path, name, found: { phrase: 'found.other' } as const }
    throw new SpikedeskError('hdf.shape', { ...data, wanted: { phrase: 'wanted.vlenNumbers' } })
  }
  // The library reads no 16-bit floats, but their bits as integers.
  const halves = inner.type === floatType && inner.size === 2
  if (halves) {
    inner.type = integerType
    inner.signed = false
    Object.defineProperty(dataset, 'metadata', { value: metadata })
  }
  return {
    count: shape[0],
    read: (first, last) =>
      file.guard(() => {
        const lists = dataset.slice([[first, last]]) as unknown as ArrayLike<number>[]
        return halves ? lists.map((bits) => Float64Array.from(bits, numberOfHalf)) : lists
      }),
  }
}

/** Class indices, one for each recording. Throws `hdf.missing`, `hdf.shape`. */
export function labelValues(file: Hdf5File, name: string, count: number): Uint8Array {
  const dataset: Dataset = file.dataset(name)
  const refuse = (): never => {
    const data = { file: file.path, name, found: { phrase: 'found.other' } as const }
    throw new SpikedeskError('hdf.shape', { ...data, wanted: { phrase: 'wanted.labels' } })
  }
  if (file.guard(() => dataset.shape?.length !== 1 || dataset.shape[0] !== count)) return refuse()
  const values = file.guard(() => dataset.value)
  if (!ArrayBuffer.isView(values) || values instanceof DataView) return refuse()
  const numbers = Array.from(values as ArrayLike<number | bigint>, Number)
  return numbers.every((value) => Number.isInteger(value) && value >= 0 && value <= 255)
    ? Uint8Array.from(numbers)
    : refuse()
}
