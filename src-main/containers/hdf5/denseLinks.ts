import type { FileBytes } from '../fileBytes.ts'
import { FileProblem } from '../fileProblem.ts'
import { Cursor } from './cursor.ts'
import { fractalHeap } from './fractalHeap.ts'

/** The records of a version 2 B-tree. Source: HDF5 File Format Specification 3.0, III.A.2. */

const mostRecords = 100_000
const deepest = 16
/** Signature, version, type and checksum of a node. */
const overhead = 10

/** Bytes that hold every number up to `limit`. */
function width(limit: number): number {
  return Math.floor(Math.log2(limit) / 8) + 1
}

function unsigned(cursor: Cursor, length: number): number {
  let value = 0
  cursor.take(length).forEach((byte, i) => (value += byte * 256 ** i))
  return value
}

interface Tree {
  file: FileBytes
  nodeBytes: number
  recordBytes: number
  /** Bytes of the number of records in a child, and of that in all below a child, by depth. */
  countBytes: number
  totalBytes: number[]
  records: Uint8Array[]
  /** Nodes that were read: more than there are records is a circle. */
  nodes: number
}

function readNode(tree: Tree, address: number, count: number, depth: number): void {
  const { file, nodeBytes, recordBytes, records } = tree
  if (++tree.nodes > mostRecords) throw new FileProblem('problem.hdf5')
  const cursor = new Cursor(file.read(address, Math.min(nodeBytes, file.size - address)))
  cursor.signature(depth === 0 ? 'BTLF' : 'BTIN')
  cursor.skip(2)
  for (let i = 0; i < count; i++) records.push(cursor.take(recordBytes))
  if (records.length > mostRecords) throw new FileProblem('problem.manyValues', { limit: mostRecords })
  for (let i = 0; depth > 0 && i <= count; i++) {
    const child = cursor.address()
    const inChild = unsigned(cursor, tree.countBytes)
    if (depth > 1) cursor.skip(tree.totalBytes[depth - 1])
    readNode(tree, child, inChild, depth - 1)
  }
}

function readRecords(file: FileBytes, address: number): Uint8Array[] {
  const head = new Cursor(file.read(address, 38))
  head.signature('BTHD')
  head.skip(2)
  const nodeBytes = head.unsigned(4)
  const recordBytes = head.unsigned(2)
  const depth = head.unsigned(2)
  head.skip(2)
  const root = head.word()
  const count = head.unsigned(2)
  if (root === null) return []
  if (recordBytes < 8 || nodeBytes < overhead + recordBytes || nodeBytes > 2 ** 20 || depth > deepest) {
    throw new FileProblem('problem.hdf5')
  }
  const mostInLeaf = Math.floor((nodeBytes - overhead) / recordBytes)
  const countBytes = width(mostInLeaf)
  const totalBytes = [0]
  let total = mostInLeaf
  for (let level = 1; level < depth; level++) {
    const pointer = 8 + countBytes + totalBytes[level - 1]
    const most = Math.floor((nodeBytes - overhead - pointer) / (recordBytes + pointer))
    total = (most + 1) * total + most
    totalBytes.push(width(total))
  }
  const tree: Tree = { file, nodeBytes, recordBytes, countBytes, totalBytes, records: [], nodes: 0 }
  readNode(tree, root, count, depth)
  return tree.records
}

/** The link messages of a group that keeps them in a heap, found by their names' hashes. Throws FileProblem. */
export function denseLinks(file: FileBytes, heap: number, index: number): Uint8Array[] {
  const object = fractalHeap(file, heap)
  // A record is the hash of the name and the place in the heap.
  return readRecords(file, index).map((record) => object(record.subarray(4)))
}
