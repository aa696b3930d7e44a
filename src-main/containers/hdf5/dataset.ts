import { numbersOf, swapBytes } from '../dtypes.ts'
import type { FileBytes } from '../fileBytes.ts'
import { FileProblem } from '../fileProblem.ts'
import { Cursor } from './cursor.ts'
import { readDataspace, readDatatype, type ElementType } from './datatype.ts'
import { readFilters } from './filters.ts'
import type { GlobalHeap } from './globalHeap.ts'
import { readLayout } from './layout.ts'
import type { Message } from './objectHeader.ts'

const longestText = 2 ** 20
/** Packed data may be as much larger than the file as deflate can make them. */
const largestRatio = 1032
const leastLimit = 64 * 2 ** 20
const largestDataset = 2 ** 31

/** A dataset whose elements are read when they are asked for; everything that reads throws FileProblem. */
export interface Hdf5Dataset {
  /** Sizes of the axes, empty of a single value; null where it holds nothing. */
  shape: number[] | null
  /** Elements in all. */
  count: number
  type: ElementType
  /** All elements row-major and little-endian, where they are numbers. */
  bytes(): Uint8Array
  /** All elements, where they are texts. */
  texts(): string[]
  /** Elements from `first` to before `last`, where they are lists of numbers. */
  lists(first: number, last: number): Float64Array[]
}

function body(messages: readonly Message[], type: number): Uint8Array | null {
  const message = messages.find((candidate) => candidate.type === type)
  if (message?.shared) throw new FileProblem('problem.hdf5Feature', { feature: 'shared messages' })
  return message?.body ?? null
}

function decode(bytes: Uint8Array): string {
  if (bytes.length > longestText) throw new FileProblem('problem.longName', { name: '…' })
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end))
}

/** An element that stands in the heap: how many, and their bytes; null where there are none. */
function heaped(cursor: Cursor, heap: GlobalHeap): { length: number; bytes: Uint8Array } | null {
  const length = cursor.unsigned(4)
  const address = cursor.word()
  const index = cursor.unsigned(4)
  if (length === 0 || address === null || address === 0) return null
  return { length, bytes: heap.object(address, index) }
}

function listOf(cursor: Cursor, type: ElementType, heap: GlobalHeap): Float64Array {
  if (type.kind !== 'list') throw new FileProblem('problem.hdf5')
  const { dtype, bigEndian } = type.of
  const found = heaped(cursor, heap)
  if (!found) return new Float64Array(0)
  const size = found.length * dtype.bytes
  if (size > found.bytes.length) throw new FileProblem('problem.hdf5')
  const bytes = found.bytes.subarray(0, size)
  return numbersOf(dtype, bigEndian ? swapBytes(bytes, dtype.word) : bytes) ?? new Float64Array(0)
}

function textOf(cursor: Cursor, type: ElementType, heap: GlobalHeap): string {
  if (type.kind === 'text') return decode(cursor.take(type.bytes))
  const found = heaped(cursor, heap)
  return found ? decode(found.bytes.subarray(0, found.length)) : ''
}

/** Reads all elements as they lie; none without a shape. */
function elementsOf(
  file: FileBytes,
  messages: readonly Message[],
  layout: Uint8Array,
  shape: readonly number[] | null,
  elementBytes: number,
): () => Uint8Array {
  if (!shape) return () => new Uint8Array(0)
  const pipeline = body(messages, 0x0b)
  return readLayout(file, layout, { shape, elementBytes }, pipeline ? readFilters(pipeline) : [])
}

/** The dataset with these messages; null where it is none. Throws FileProblem. */
export function readDataset(
  file: FileBytes,
  messages: readonly Message[],
  heap: GlobalHeap,
): Hdf5Dataset | null {
  const [space, datatype, layout] = [0x01, 0x03, 0x08].map((type) => body(messages, type))
  if (!space || !datatype || !layout) return null
  const shape = readDataspace(space)
  const type = readDatatype(datatype)
  const elementBytes = type.kind === 'number' ? type.dtype.bytes : type.bytes
  const count = shape === null ? 0 : shape.reduce((product, size) => product * size, 1)
  const length = count * elementBytes
  if (!(length <= Math.min(largestDataset, Math.max(leastLimit, file.size * largestRatio)))) {
    throw new FileProblem('problem.tensorLarge', { shape: (shape ?? []).join('×') })
  }
  const elements = elementsOf(file, messages, layout, type.kind === 'other' ? null : shape, elementBytes)
  let references: Uint8Array | null = null
  return {
    shape,
    count,
    type,
    bytes: () =>
      type.kind === 'number' && type.bigEndian ? swapBytes(elements(), type.dtype.word) : elements(),
    texts() {
      const content = elements()
      return Array.from({ length: count }, (_, i) =>
        textOf(new Cursor(content, i * elementBytes), type, heap),
      )
    },
    lists(first, last) {
      const content = (references ??= elements())
      return Array.from({ length: last - first }, (_, i) =>
        listOf(new Cursor(content, (first + i) * elementBytes), type, heap),
      )
    },
  }
}
