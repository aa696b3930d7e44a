import type { FileBytes } from '../fileBytes.ts'
import { FileProblem } from '../fileProblem.ts'
import { Cursor } from './cursor.ts'

/** A heap of objects in blocks that double in size. Source: HDF5 File Format Specification 3.0, III.G. */

const mostBlocks = 10_000
const deepest = 16

interface Heap {
  file: FileBytes
  /** Blocks in a row, bytes of the blocks of the first row, and of the largest direct ones. */
  width: number
  firstBytes: number
  directBytes: number
  offsetBytes: number
  lengthBytes: number
  blocks: { offset: number; address: number; bytes: number }[]
}

function rowBytes({ firstBytes }: Heap, row: number): number {
  return row === 0 ? firstBytes : firstBytes * 2 ** (row - 1)
}

function addIndirect(heap: Heap, address: number, start: number, rows: number, depth: number): void {
  if (depth > deepest || rows > 64) throw new FileProblem('problem.hdf5')
  const { file, width, offsetBytes, directBytes } = heap
  const cursor = new Cursor(file.read(address, 13 + offsetBytes + rows * width * 8))
  cursor.signature('FHIB')
  cursor.skip(9 + offsetBytes)
  let offset = start
  for (let row = 0; row < rows; row++) {
    const bytes = rowBytes(heap, row)
    for (let column = 0; column < width; column++, offset += bytes) {
      const child = cursor.word()
      if (child === null) continue
      if (heap.blocks.length > mostBlocks) throw new FileProblem('problem.hdf5')
      if (bytes <= directBytes) heap.blocks.push({ offset, address: child, bytes })
      else {
        const inner = Math.log2(bytes) - Math.log2(heap.firstBytes * width) + 1
        addIndirect(heap, child, offset, inner, depth + 1)
      }
    }
  }
}

function bytesFor(limit: number): number {
  return Math.floor((Math.log2(limit) + 7) / 8)
}

/** Gives a function that finds an object by its id. Throws FileProblem. */
export function fractalHeap(file: FileBytes, address: number): (id: Uint8Array) => Uint8Array {
  const head = new Cursor(file.read(address, 146))
  head.signature('FRHP')
  head.skip(3)
  const filters = head.unsigned(2)
  head.skip(1)
  const largest = head.unsigned(4)
  head.skip(96)
  const width = head.unsigned(2)
  const [firstBytes, directBytes] = [head.address(), head.address()]
  const bits = head.unsigned(2)
  head.skip(2)
  const root = head.word()
  const rows = head.unsigned(2)
  if (filters > 0) throw new FileProblem('problem.hdf5Feature', { feature: 'filtered heaps' })
  const sane =
    width > 0 && width <= 1024 && firstBytes > 0 && directBytes >= firstBytes && directBytes <= 2 ** 30
  if (!sane || bits > 64 || largest === 0) throw new FileProblem('problem.hdf5')
  const heap: Heap = {
    ...{ file, width, firstBytes, directBytes, blocks: [] },
    offsetBytes: Math.ceil(bits / 8),
    lengthBytes: Math.min(bytesFor(directBytes), bytesFor(largest)),
  }
  if (root !== null && rows === 0) heap.blocks.push({ offset: 0, address: root, bytes: firstBytes })
  else if (root !== null) addIndirect(heap, root, 0, rows, 0)
  return (id) => {
    const cursor = new Cursor(id)
    if (cursor.unsigned(1) !== 0)
      throw new FileProblem('problem.hdf5Feature', { feature: 'large heap objects' })
    let [offset, length] = [0, 0]
    cursor.take(heap.offsetBytes).forEach((byte, i) => (offset += byte * 256 ** i))
    cursor.take(heap.lengthBytes).forEach((byte, i) => (length += byte * 256 ** i))
    const block = heap.blocks.find(
      (candidate) => offset >= candidate.offset && offset < candidate.offset + candidate.bytes,
    )
    if (!block) throw new FileProblem('problem.hdf5')
    return file.read(block.address + offset - block.offset, length)
  }
}
