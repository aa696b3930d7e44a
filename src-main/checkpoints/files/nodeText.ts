import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { numbersOf } from '../../containers/dtypes.ts'
import { nodeAt, readTensor, type FileNode, type OpenedFile, type ScalarNode } from './openedFile.ts'

const longestText = 1_000_000
const longestList = 1_000_000

/** Bytes that are text are shown as text; others as pairs of digits. */
function bytesText(bytes: Uint8Array): string {
  const part = bytes.subarray(0, longestText / 4)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(part)
  } catch {
    return Array.from(part, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
  }
}

function scalarText({ type, value }: ScalarNode): string {
  if (value instanceof Uint8Array) return bytesText(value)
  return type === 'none' ? 'None' : String(value)
}

/** The whole text of a scalar, at most a million characters, and its length. Throws `tensor.unknown`. */
export function nodeText(file: OpenedFile, path: readonly string[]): { text: string; length: number } {
  const node = nodeAt(file.root, path)
  if (node?.kind !== 'scalar')
    throw new SpikedeskError('tensor.unknown', { path: file.path, tensor: path.join('.') })
  const text = scalarText(node)
  const { length } = node.value instanceof Uint8Array ? node.value : text
  return { text: text.slice(0, longestText), length }
}

/** A number, or a tensor of one element: losses are often kept without `.item()`. */
function numberIn(file: OpenedFile, node: FileNode): number | null {
  if (node.kind === 'scalar') {
    return node.type === 'int' || node.type === 'float' ? Number(node.value) : null
  }
  if (node.kind !== 'tensor' || node.shape.some((size) => size !== 1)) return null
  return numbersOf(node.dtype, readTensor(file, node))?.[0] ?? null
}

/** The numbers of a list; null where it holds anything else, or more than a million. Throws `file.damaged`. */
export function listNumbers(file: OpenedFile, path: readonly string[]): Float64Array | null {
  const node = nodeAt(file.root, path)
  if (node?.kind !== 'list' || node.items.length > longestList) return null
  const numbers = new Float64Array(node.items.length)
  for (const [i, item] of node.items.entries()) {
    const number = numberIn(file, item)
    if (number === null) return null
    numbers[i] = number
  }
  return numbers
}
