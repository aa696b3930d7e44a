import { elementCount } from '../../../../src-shared/model/layerDefinition.ts'
import { dtypeNamed, findDtype, type Dtype } from '../../../containers/dtypes.ts'
import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import { isRowMajor, toRowMajor } from '../strides.ts'
import type { TensorNode } from '../openedFile.ts'
import { countOf, countsOf, listOf, scalar, textOf, type PickleValue, type StorageValue } from './values.ts'

/** torch's classes and rebuilding functions, as far as state dicts use them. */

/** A tensor whose elements repeat may be larger than its storage, but not without limit. */
const largestRepeated = 2 ** 30

const storageDtypes: Readonly<Record<string, string>> = {
  FloatStorage: 'float32',
  DoubleStorage: 'float64',
  HalfStorage: 'float16',
  BFloat16Storage: 'bfloat16',
  LongStorage: 'int64',
  IntStorage: 'int32',
  ShortStorage: 'int16',
  CharStorage: 'int8',
  ByteStorage: 'uint8',
  BoolStorage: 'bool',
  ComplexHalfStorage: 'complex32',
  ComplexFloatStorage: 'complex64',
  ComplexDoubleStorage: 'complex128',
}

/** Types whose numbers mean something only with a scale, which is not read. */
const quantised = ['QInt8Storage', 'QUInt8Storage', 'QInt32Storage', 'QUInt4x2Storage', 'QUInt2x4Storage']

/** The element type of a storage class; null where it holds plain bytes. Throws FileProblem for quantised ones. */
export function storageDtype(className: string): Dtype | null {
  const name = className.split('.').at(-1) ?? ''
  if (name === 'UntypedStorage') return null
  if (quantised.includes(name)) throw new FileProblem('problem.quantised', { name })
  if (className.startsWith('torch.') && Object.hasOwn(storageDtypes, name)) {
    return dtypeNamed(storageDtypes[name])
  }
  throw new FileProblem('problem.dtype', { dtype: shown(className) })
}

/** A tensor over a storage. Throws FileProblem where an element would lie outside. */
export function tensorOver(
  storage: StorageValue,
  dtype: Dtype,
  place: { offset: number; shape: number[]; strides: number[] },
): TensorNode {
  const { offset, shape, strides } = place
  if (shape.length !== strides.length) throw new FileProblem('problem.argument')
  const count = elementCount(shape)
  const last = shape.reduce((sum, size, axis) => sum + (size - 1) * strides[axis], 0)
  const available = storage.dtype ? storage.count : storage.count / dtype.bytes
  const span = count === 0 ? 0 : last + 1
  if (count > 0 && !(offset + span <= available)) {
    throw new FileProblem('problem.tensorOutside', { shape: shape.join('×'), storage: storage.count })
  }
  if (count * dtype.bytes > Math.max(largestRepeated, storage.count * dtype.bytes)) {
    throw new FileProblem('problem.tensorLarge', { shape: shape.join('×') })
  }
  return {
    kind: 'tensor',
    dtype,
    shape,
    device: storage.device,
    read() {
      const bytes = storage.read(offset * dtype.bytes, span * dtype.bytes)
      return isRowMajor(shape, strides) ? bytes : toRowMajor(bytes, shape, strides, dtype.bytes)
    },
  }
}

function storageOf(value: PickleValue | undefined): StorageValue {
  if (value?.kind === 'storage') return value
  throw new FileProblem('problem.argument')
}

function rebuild([storage, offset, size, stride]: PickleValue[], dtype?: Dtype): TensorNode {
  const found = storageOf(storage)
  const type = dtype ?? found.dtype
  if (!type) throw new FileProblem('problem.argument')
  return tensorOver(found, type, {
    offset: countOf(offset),
    shape: countsOf(size),
    strides: countsOf(stride),
  })
}

/** `_rebuild_tensor_v3` names the type: `(storage, offset, size, stride, requires_grad, hooks, dtype, metadata)`. */
function rebuildTyped(args: PickleValue[]): PickleValue {
  const name = args[6]?.kind === 'global' ? args[6].name : ''
  const dtype = findDtype(name.replace(/^torch\./, ''))
  if (!dtype) throw new FileProblem('problem.dtype', { dtype: shown(name) })
  return rebuild(args, dtype)
}

function quantisedTensor(): never {
  throw new FileProblem('problem.quantised', { name: '_rebuild_qtensor' })
}

/** The tensor inside a parameter, or inside a subclass. */
function tensorInside(args: PickleValue[]): PickleValue {
  const tensor = args.find((value) => value.kind === 'tensor')
  if (tensor) return tensor
  throw new FileProblem('problem.argument')
}

/** `_rebuild_from_type_v2(function, type, args, state)`: calls the function, which must be one of this table. */
function fromType([callee, , args]: PickleValue[]): PickleValue {
  const name = callee?.kind === 'global' ? callee.name : ''
  const work = torchCallables.find(([known]) => known === name)?.[1]
  if (!work) throw new FileProblem('problem.call', { name: shown(name) })
  if (args?.kind !== 'list') throw new FileProblem('problem.argument')
  return work(args.items)
}

/** Sparse tensors are named, not read. */
const sparse = (): PickleValue => ({ kind: 'object', className: 'torch.sparse_tensor', state: null })

export const torchCallables: readonly [string, (args: PickleValue[]) => PickleValue][] = [
  ['torch._utils._rebuild_tensor', (args) => rebuild(args)],
  ['torch._utils._rebuild_tensor_v2', (args) => rebuild(args)],
  ['torch._utils._rebuild_tensor_v3', rebuildTyped],
  ['torch._utils._rebuild_parameter', tensorInside],
  ['torch._utils._rebuild_parameter_with_state', tensorInside],
  ['torch._tensor._rebuild_from_type_v2', fromType],
  ['torch._utils._rebuild_qtensor', quantisedTensor],
  ['torch._utils._rebuild_sparse_tensor', sparse],
  ['torch._utils._rebuild_sparse_csr_tensor', sparse],
  ['torch.Size', ([sizes]) => listOf('tuple', sizes?.kind === 'list' ? sizes.items : [])],
  [
    'torch.device',
    (args) => scalar('str', args.map((part) => (part.kind === 'scalar' ? String(part.value) : '')).join(':')),
  ],
  ['torch.serialization._get_layout', ([name]) => scalar('str', textOf(name))],
]
