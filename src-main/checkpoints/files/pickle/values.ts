import type { Dtype } from '../../../containers/dtypes.ts'
import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import type { FileNode, ListNode, ScalarNode, TensorNode } from '../openedFile.ts'

/** What the stack of a pickle holds: the nodes of the tree in the making, and what only stands for something. */

interface DictValue {
  kind: 'dict'
  entries: Map<string, PickleValue>
  metadata?: PickleValue
}

export interface ListValue {
  kind: 'list'
  type: ListNode['type']
  items: PickleValue[]
}

interface ObjectValue {
  kind: 'object'
  className: string
  state: PickleValue | null
}

/** A name that the pickle looked up; it is called only where it stands in the table of callables. */
interface GlobalValue {
  kind: 'global'
  /** Module and name, e.g. `collections.OrderedDict`. */
  name: string
}

/** Where the elements of tensors lie. */
export interface StorageValue {
  kind: 'storage'
  /** Null where it only knows its bytes. */
  dtype: Dtype | null
  device: string
  /** Elements, or bytes where there is no type. */
  count: number
  /** Bytes of a part, counted from the beginning of the storage. */
  read(from: number, length: number): Uint8Array
}

/** An element type in NumPy's code; BUILD says its byte order. */
export interface NumpyDtypeValue {
  kind: 'numpyDtype'
  code: string
  bigEndian: boolean
}

/** An array that BUILD fills. */
interface NumpyArrayValue {
  kind: 'numpyArray'
  built: PickleValue | null
}

export type PickleValue =
  | DictValue
  | ListValue
  | ScalarNode
  | TensorNode
  | ObjectValue
  | GlobalValue
  | StorageValue
  | NumpyDtypeValue
  | NumpyArrayValue

/** What takes the place of a value in the tree that is none of its nodes. */
function settled(value: PickleValue): PickleValue {
  switch (value.kind) {
    case 'global':
      return { kind: 'object', className: value.name, state: null }
    case 'storage':
      return { kind: 'object', className: `torch.storage (${value.dtype?.name ?? 'bytes'})`, state: null }
    case 'numpyDtype':
      return { kind: 'object', className: `numpy.dtype (${value.code})`, state: null }
    case 'numpyArray':
      return value.built ?? { kind: 'object', className: 'numpy.ndarray', state: null }
    default:
      return value
  }
}

/** A finished value as a tree: whatever only stood for something becomes a node, in place. */
export function treeOf(root: PickleValue): FileNode {
  const seen = new Set<PickleValue>()
  const first = settled(root)
  const open = [first]
  const visit = (value: PickleValue): PickleValue => {
    const node = settled(value)
    if (!seen.has(node)) open.push(node)
    seen.add(node)
    return node
  }
  for (let value = open.pop(); value; value = open.pop()) {
    if (value.kind === 'list') {
      for (let i = 0; i < value.items.length; i++) value.items[i] = visit(value.items[i])
    } else if (value.kind === 'dict') {
      for (const [key, entry] of value.entries) value.entries.set(key, visit(entry))
      if (value.metadata) value.metadata = visit(value.metadata)
    } else if (value.kind === 'object' && value.state) value.state = visit(value.state)
  }
  return first as FileNode
}

const longestKey = 1000

/** A key of a dict as text. */
export function keyOf(value: PickleValue): string {
  if (value.kind === 'scalar' && !(value.value instanceof Uint8Array)) {
    const text = value.type === 'none' ? 'None' : String(value.value)
    if (text.length <= longestKey) return text
    throw new FileProblem('problem.longName', { name: shown(text) })
  }
  if (value.kind === 'list' && value.items.length <= 8) {
    return `(${value.items.map((item) => (item.kind === 'list' ? '(…)' : keyOf(item))).join(', ')})`
  }
  const node = settled(value)
  return node.kind === 'object' ? node.className : node.kind
}

export function scalar(type: ScalarNode['type'], value: ScalarNode['value']): ScalarNode {
  return { kind: 'scalar', type, value }
}

export function listOf(type: ListNode['type'], items: PickleValue[]): ListValue {
  return { kind: 'list', type, items }
}

export function emptyDict(): DictValue {
  return { kind: 'dict', entries: new Map() }
}

/** A whole number of the pickle; throws FileProblem where it is something else or negative. */
export function countOf(value: PickleValue | undefined): number {
  const found = value?.kind === 'scalar' && value.type === 'int' ? Number(value.value) : Number.NaN
  if (Number.isSafeInteger(found) && found >= 0) return found
  throw new FileProblem('problem.argument')
}

/** A list of whole numbers, e.g. sizes. */
export function countsOf(value: PickleValue | undefined): number[] {
  if (value?.kind !== 'list' || value.items.length > 64) throw new FileProblem('problem.argument')
  return value.items.map(countOf)
}

export function textOf(value: PickleValue | undefined): string {
  if (value?.kind === 'scalar' && typeof value.value === 'string') return value.value
  throw new FileProblem('problem.argument')
}

/** Raw bytes; protocol 2 may hold them as text of one byte a character. */
export function bytesValue(value: PickleValue | undefined): Uint8Array {
  if (value?.kind === 'scalar') {
    if (value.value instanceof Uint8Array) return value.value
    if (typeof value.value === 'string') return latin1(value.value)
  }
  throw new FileProblem('problem.argument')
}

export function latin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code > 255) throw new FileProblem('problem.argument')
    bytes[i] = code
  }
  return bytes
}
