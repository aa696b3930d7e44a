import type { FileBytes } from '../fileBytes.ts'
import { FileProblem } from '../fileProblem.ts'
import { Cursor } from './cursor.ts'
import type { Filter } from './filters.ts'

/** Where the elements of a dataset lie. Source: HDF5 File Format Specification 3.0, IV.A.2.i. */
export interface Extent {
  shape: readonly number[]
  elementBytes: number
}

const mostChunks = 1_000_000
const deepest = 32
const largestChunk = 2 ** 30

interface Chunk {
  offsets: number[]
  bytes: number
  mask: number
  address: number
}

function chunksOf(file: FileBytes, address: number, rank: number, found: Chunk[], depth: number): void {
  const head = new Cursor(file.read(address, 24))
  head.signature('TREE')
  if (head.unsigned(1) !== 1 || depth > deepest) throw new FileProblem('problem.hdf5')
  const level = head.unsigned(1)
  const count = head.unsigned(2)
  const keyBytes = 8 + (rank + 1) * 8
  const entries = new Cursor(file.read(address + 24, count * (keyBytes + 8)))
  for (let i = 0; i < count; i++) {
    const [bytes, mask] = [entries.unsigned(4), entries.unsigned(4)]
    const offsets = Array.from({ length: rank }, () => entries.address())
    entries.skip(8)
    const child = entries.address()
    if (level > 0) chunksOf(file, child, rank, found, depth + 1)
    else found.push({ offsets, bytes, mask, address: child })
    if (found.length > mostChunks) throw new FileProblem('problem.hdf5')
  }
}

/** Copies a chunk into its place, row by row; what reaches over the edge is left out. */
function place(
  target: Uint8Array,
  chunk: Uint8Array,
  at: readonly number[],
  sizes: readonly number[],
  extent: Extent,
): void {
  const { shape, elementBytes } = extent
  const rank = shape.length
  const last = rank - 1
  const width = Math.min(sizes[last], shape[last] - at[last])
  const rows = sizes.slice(0, last).reduce((product, size) => product * size, 1)
  for (let row = 0; row < rows && width > 0; row++) {
    let [rest, to, inside] = [row, 0, true]
    let scale = shape[last]
    for (let axis = last - 1; axis >= 0; axis--) {
      const index = at[axis] + (rest % sizes[axis])
      rest = Math.floor(rest / sizes[axis])
      inside &&= index < shape[axis]
      to += index * scale
      scale *= shape[axis]
    }
    if (!inside) continue
    const from = row * sizes[last] * elementBytes
    target.set(chunk.subarray(from, from + width * elementBytes), (to + at[last]) * elementBytes)
  }
}

function chunked(
  file: FileBytes,
  cursor: Cursor,
  extent: Extent,
  filters: readonly Filter[],
): () => Uint8Array {
  const { shape, elementBytes } = extent
  const rank = shape.length
  if (cursor.unsigned(1) !== rank + 1) throw new FileProblem('problem.hdf5')
  const tree = cursor.word()
  const sizes = Array.from({ length: rank }, () => cursor.unsigned(4))
  const chunkBytes = sizes.reduce((product, size) => product * size, elementBytes)
  if (rank === 0 || sizes.includes(0) || !(chunkBytes <= largestChunk)) throw new FileProblem('problem.hdf5')
  return () => {
    const target = new Uint8Array(shape.reduce((product, size) => product * size, elementBytes))
    const chunks: Chunk[] = []
    if (tree !== null) chunksOf(file, tree, rank, chunks, 0)
    for (const { offsets, bytes, mask, address } of chunks) {
      if (offsets.some((offset, axis) => offset >= shape[axis])) continue
      let content = file.read(address, bytes)
      for (let i = filters.length - 1; i >= 0; i--) {
        if (!((mask >> i) & 1)) content = filters[i](content, elementBytes, chunkBytes)
      }
      if (content.length !== chunkBytes) throw new FileProblem('problem.hdf5')
      place(target, content, offsets, sizes, extent)
    }
    return target
  }
}

/** Gives a function that reads all elements, row-major. Throws FileProblem. */
export function readLayout(
  file: FileBytes,
  body: Uint8Array,
  extent: Extent,
  filters: readonly Filter[],
): () => Uint8Array {
  const length = extent.shape.reduce((product, size) => product * size, extent.elementBytes)
  const cursor = new Cursor(body)
  const version = cursor.unsigned(1)
  if (version !== 3 && version !== 4)
    throw new FileProblem('problem.hdf5Feature', { feature: `layout ${version}` })
  const kind = cursor.unsigned(1)
  if (kind === 0) {
    const content = cursor.take(cursor.unsigned(2)).slice()
    if (content.length < length) throw new FileProblem('problem.hdf5')
    return () => content.slice(0, length)
  }
  if (kind === 1) {
    const start = cursor.word()
    if (start !== null && start + length > file.size)
      throw new FileProblem('problem.ends', { at: start, length, size: file.size })
    return () => (start === null ? new Uint8Array(length) : file.read(start, length))
  }
  if (kind === 2 && version === 3) return chunked(file, cursor, extent, filters)
  throw new FileProblem('problem.hdf5Feature', { feature: 'chunk index' })
}
