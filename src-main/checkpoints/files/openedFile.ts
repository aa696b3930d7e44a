import { SpikedeskError, type Phrase } from '../../../src-shared/errors/index.ts'
import type { Dtype } from '../../containers/dtypes.ts'
import { FileProblem } from '../../containers/fileProblem.ts'

/** What every reader makes of a file: a tree of nodes, whose tensors are read when they are looked at. */

export type FileFormatId =
  'torch' | 'torch-legacy' | 'safetensors' | 'spikedesk' | 'nir' | 'hdf5' | 'npz' | 'npy' | 'json'

export interface DictNode {
  kind: 'dict'
  /** In the order of the file. */
  entries: Map<string, FileNode>
  /** torch's `_metadata` of a state dict: the modules by path. */
  metadata?: FileNode
}

export interface ListNode {
  kind: 'list'
  type: 'list' | 'tuple' | 'set'
  items: FileNode[]
}

export type ScalarValue = string | number | bigint | boolean | Uint8Array | null

export interface ScalarNode {
  kind: 'scalar'
  type: 'int' | 'float' | 'bool' | 'str' | 'bytes' | 'none'
  value: ScalarValue
}

export interface TensorNode {
  kind: 'tensor'
  dtype: Dtype
  shape: number[]
  /** Where it lay when it was saved, e.g. `cpu`, `cuda:0`; empty where the format does not say. */
  device: string
  /** Its elements row-major and little-endian, read now. Throws FileProblem. */
  read(): Uint8Array
}

/** Something with a class that is not interpreted; its state is shown, its class never called. */
export interface ObjectNode {
  kind: 'object'
  /** As the file names it, e.g. `torch.float32`, `__main__.Net`. */
  className: string
  state: FileNode | null
}

export type FileNode = DictNode | ListNode | ScalarNode | TensorNode | ObjectNode

export interface OpenedFile {
  path: string
  format: FileFormatId
  root: FileNode
  /** Bytes on disk. */
  size: number
  /** What a reader should know, e.g. that the file is a pickled model. */
  notes: Phrase[]
  close(): void
}

/** What a reader gives; the opener adds the path. */
export type ReadFile = Pick<OpenedFile, 'format' | 'root' | 'notes'>

export const none: ScalarNode = { kind: 'scalar', type: 'none', value: null }

export function dictOf(entries: Iterable<readonly [string, FileNode]>): DictNode {
  return { kind: 'dict', entries: new Map(entries) }
}

export function textNode(value: string): ScalarNode {
  return { kind: 'scalar', type: 'str', value }
}

/** Deeper than this is no file that somebody saved; so are more values. */
const deepest = 100
const mostNodes = 2_000_000

function childrenOf(node: FileNode): Iterable<FileNode> {
  if (node.kind === 'dict') return node.entries.values()
  if (node.kind === 'list') return node.items
  return node.kind === 'object' && node.state ? [node.state] : []
}

/**
 * Refuses trees that cannot be walked: nested too deeply (also in a circle), or with more values than are shown,
 * counting what is shared as often as it appears. Throws FileProblem.
 */
export function requireWalkable(root: FileNode): void {
  let count = 0
  const walk = (node: FileNode, depth: number): void => {
    if (depth > deepest) throw new FileProblem('problem.nested', { limit: deepest })
    if (++count > mostNodes) throw new FileProblem('problem.manyValues', { limit: mostNodes })
    for (const child of childrenOf(node)) walk(child, depth + 1)
  }
  walk(root, 0)
}

/** The node at a path of keys and places; null where there is none. */
export function nodeAt(root: FileNode, path: readonly string[]): FileNode | null {
  let node: FileNode | null = root
  for (const key of path) {
    if (node?.kind === 'object') node = node.state
    else if (node?.kind === 'dict') node = node.entries.get(key) ?? null
    else if (node?.kind === 'list') node = node.items[Number(key)] ?? null
    else return null
  }
  return node
}

/** Reads a tensor; throws `file.damaged` where its bytes are not there. */
export function readTensor(file: OpenedFile, node: TensorNode): Uint8Array {
  try {
    return node.read()
  } catch (thrown) {
    if (!(thrown instanceof FileProblem)) throw thrown
    throw new SpikedeskError('file.damaged', { path: file.path, problem: thrown.phrase }, thrown)
  }
}
