import { swapBytes } from '../dtypes.ts'
import type { FileBytes } from '../fileBytes.ts'
import { FileProblem } from '../fileProblem.ts'
import { none, textNode, type FileNode } from '../openedFile.ts'
import { Cursor } from './cursor.ts'
import { readDataspace, readDatatype, type ElementType } from './datatype.ts'
import { readFilters } from './filters.ts'
import { readLayout } from './layout.ts'
import type { Message } from './objectHeader.ts'

/** Text is read when the file is opened, so there is a limit to it. */
const mostTexts = 100_000
const longestText = 2 ** 20
/** Packed data may be as much larger than the file as deflate can make them. */
const largestRatio = 1032
const leastLimit = 64 * 2 ** 20
const largestDataset = 2 ** 31

/** The object of a global heap that a text of any length stands in. */
function heapObject(file: FileBytes, address: number, index: number): Uint8Array {
  const head = new Cursor(file.read(address, 16))
  head.signature('GCOL')
  head.skip(4)
  const size = head.address()
  if (size > largestDataset) throw new FileProblem('problem.hdf5')
  for (let at = address + 16; at + 16 <= address + size;) {
    const object = new Cursor(file.read(at, 16))
    const found = object.unsigned(2)
    object.skip(6)
    const bytes = object.address()
    if (found === index) return file.read(at + 16, bytes)
    if (found === 0) break
    at += 16 + Math.ceil(bytes / 8) * 8
  }
  throw new FileProblem('problem.hdf5')
}

function decode(bytes: Uint8Array): string {
  if (bytes.length > longestText) throw new FileProblem('problem.longName', { name: '…' })
  const end = bytes.indexOf(0)
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end))
}

function texts(
  file: FileBytes,
  type: Extract<ElementType, { kind: 'text' | 'heapText' }>,
  content: Uint8Array,
  count: number,
): string[] {
  const elementBytes = type.bytes
  return Array.from({ length: count }, (_, i) => {
    const cursor = new Cursor(content, i * elementBytes)
    if (type.kind === 'text') return decode(cursor.take(type.bytes))
    const length = cursor.unsigned(4)
    const address = cursor.word()
    const index = cursor.unsigned(4)
    if (length === 0 || address === null || address === 0) return ''
    return decode(heapObject(file, address, index).subarray(0, length))
  })
}

/** Values in rows and columns as lists of lists. */
function nested(values: readonly FileNode[], shape: readonly number[]): FileNode {
  if (shape.length === 0) return values[0] ?? none
  const [size, ...rest] = shape
  const step = rest.reduce((product, length) => product * length, 1)
  const items = Array.from({ length: size }, (_, i) => nested(values.slice(i * step, (i + 1) * step), rest))
  return { kind: 'list', type: 'list', items }
}

function body(messages: readonly Message[], type: number): Uint8Array | null {
  const message = messages.find((candidate) => candidate.type === type)
  if (message?.shared) throw new FileProblem('problem.hdf5Feature', { feature: 'shared messages' })
  return message?.body ?? null
}

/** The dataset with these messages as a node; null where it is none. Throws FileProblem. */
export function datasetNode(file: FileBytes, messages: readonly Message[]): FileNode | null {
  const [space, datatype, layout] = [0x01, 0x03, 0x08].map((type) => body(messages, type))
  if (!space || !datatype || !layout) return null
  const shape = readDataspace(space)
  if (!shape) return none
  const type = readDatatype(datatype)
  const count = shape.reduce((product, size) => product * size, 1)
  const elementBytes = type.kind === 'number' ? type.dtype.bytes : type.bytes
  const length = count * elementBytes
  if (!(length <= Math.min(largestDataset, Math.max(leastLimit, file.size * largestRatio)))) {
    throw new FileProblem('problem.tensorLarge', { shape: shape.join('×') })
  }
  if (type.kind === 'other') return { kind: 'object', className: `HDF5 ${type.name}`, state: null }
  const pipeline = body(messages, 0x0b)
  const read = readLayout(file, layout, { shape, elementBytes }, pipeline ? readFilters(pipeline) : [])
  if (type.kind === 'number') {
    const { dtype, bigEndian } = type
    return {
      kind: 'tensor',
      dtype,
      shape,
      device: '',
      read: () => (bigEndian ? swapBytes(read(), dtype.word) : read()),
    }
  }
  if (count > mostTexts || shape.length > 4) throw new FileProblem('problem.manyValues', { limit: mostTexts })
  return nested(texts(file, type, read(), count).map(textNode), shape)
}
