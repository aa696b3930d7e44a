import { elementCount } from '../../../../src-shared/model/layerDefinition.ts'
import { findNumpyDtype, numbersOf, swapBytes } from '../../../containers/dtypes.ts'
import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import { toRowMajor } from '../strides.ts'
import { bytesValue, countsOf, scalar, textOf, type NumpyDtypeValue, type PickleValue } from './values.ts'

/** NumPy's numbers and arrays inside pickles, as histories hold them. */

function dtypeOf(value: PickleValue | undefined) {
  if (value?.kind !== 'numpyDtype') throw new FileProblem('problem.argument')
  const dtype = findNumpyDtype(value.code)
  if (!dtype) throw new FileProblem('problem.dtype', { dtype: shown(value.code) })
  return { dtype, bigEndian: value.bigEndian }
}

function makeDtype([code]: PickleValue[]): NumpyDtypeValue {
  return { kind: 'numpyDtype', code: textOf(code).replace(/^[<>|=]/, ''), bigEndian: false }
}

/** `scalar(dtype, bytes)`: one number. */
function makeScalar([type, raw]: PickleValue[]): PickleValue {
  const { dtype, bigEndian } = dtypeOf(type)
  const bytes = bytesValue(raw).slice()
  if (bytes.length !== dtype.bytes) throw new FileProblem('problem.argument')
  const numbers = numbersOf(dtype, bigEndian ? swapBytes(bytes, dtype.word) : bytes)
  if (!numbers) return { kind: 'object', className: `numpy.${dtype.name}`, state: null }
  if (dtype.name === 'bool') return scalar('bool', numbers[0] === 1)
  return scalar(dtype.name.startsWith('float') ? 'float' : 'int', numbers[0])
}

/** The state of an array: version, shape, type, order, bytes. Arrays of objects hold a list instead. */
export function buildNumpyArray(state: PickleValue): PickleValue {
  if (state.kind !== 'list' || state.items.length < 5) throw new FileProblem('problem.argument')
  const [, sizes, type, order, raw] = state.items
  const shape = countsOf(sizes)
  if (raw.kind === 'list') return raw
  const { dtype, bigEndian } = dtypeOf(type)
  const bytes = bytesValue(raw)
  if (bytes.length !== elementCount(shape) * dtype.bytes) throw new FileProblem('problem.argument')
  const columns = order.kind === 'scalar' && order.value === true
  return {
    kind: 'tensor',
    dtype,
    shape,
    device: 'cpu',
    read() {
      const whole = columns ? toRowMajor(bytes, shape, columnStrides(shape), dtype.bytes) : bytes.slice()
      return bigEndian ? swapBytes(whole, dtype.word) : whole
    },
  }
}

/** Strides of an array whose first axis is next to itself, as Fortran keeps them. */
export function columnStrides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => elementCount(shape.slice(0, axis)))
}

const modules = ['numpy.core.multiarray', 'numpy._core.multiarray']

export const numpyCallables: readonly [string, (args: PickleValue[]) => PickleValue][] = [
  ['numpy.dtype', makeDtype],
  ...modules.flatMap((module): [string, (args: PickleValue[]) => PickleValue][] => [
    [`${module}.scalar`, makeScalar],
    [`${module}._reconstruct`, () => ({ kind: 'numpyArray', built: null })],
  ]),
]
