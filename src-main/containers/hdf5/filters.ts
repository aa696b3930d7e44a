import { inflateSync } from 'node:zlib'
import { FileProblem } from '../fileProblem.ts'
import { Cursor } from './cursor.ts'

/** What was done to the chunks of a dataset, in order; undone backwards. */
export type Filter = (chunk: Uint8Array, elementBytes: number, chunkBytes: number) => Uint8Array

function inflate(chunk: Uint8Array, _elementBytes: number, chunkBytes: number): Uint8Array {
  try {
    // A checksum may follow the content.
    return inflateSync(chunk, { maxOutputLength: chunkBytes + 4 })
  } catch {
    throw new FileProblem('problem.hdf5')
  }
}

/** Puts the bytes of each element together again, which were sorted by their place in it. */
function unshuffle(chunk: Uint8Array, elementBytes: number): Uint8Array {
  const count = Math.floor(chunk.length / elementBytes)
  const whole = chunk.slice()
  for (let byte = 0; byte < elementBytes; byte++) {
    for (let i = 0; i < count; i++) whole[i * elementBytes + byte] = chunk[byte * count + i]
  }
  return whole
}

const withoutChecksum: Filter = (chunk) => chunk.subarray(0, Math.max(0, chunk.length - 4))

const known: Readonly<Record<number, Filter>> = { 1: inflate, 2: unshuffle, 3: withoutChecksum }

/** The filters of a pipeline message. Throws FileProblem for one that is not known. */
export function readFilters(body: Uint8Array): Filter[] {
  const cursor = new Cursor(body)
  const version = cursor.unsigned(1)
  const count = cursor.unsigned(1)
  if (version === 1) cursor.skip(6)
  return Array.from({ length: Math.min(count, 32) }, () => {
    const id = cursor.unsigned(2)
    const nameLength = version === 1 || id >= 256 ? cursor.unsigned(2) : 0
    cursor.skip(2)
    const values = cursor.unsigned(2)
    cursor.skip(version === 1 ? Math.ceil(nameLength / 8) * 8 : nameLength)
    cursor.skip(values * 4 + (version === 1 && values % 2 === 1 ? 4 : 0))
    const filter = known[id]
    if (!filter) throw new FileProblem('problem.hdf5Feature', { feature: `filter ${id}` })
    return filter
  })
}
