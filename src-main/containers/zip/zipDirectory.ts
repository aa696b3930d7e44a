import type { FileBytes } from '../fileBytes.ts'
import { FileProblem } from '../fileProblem.ts'

/** The central directory of a zip file. Source: PKWARE, APPNOTE 6.3.10, sections 4.3.12 to 4.3.16. */

export interface ZipEntry {
  name: string
  /** Bytes of the name in the file. */
  nameBytes: number
  /** 0 stored, 8 deflated. */
  method: number
  encrypted: boolean
  crc: number
  packedSize: number
  size: number
  /** Where its local header begins. */
  offset: number
  /** Where the next entry begins. */
  limit: number
}

/** Bytes of a directory for each entry that may be in it: a fixed part, a name, and extra fields. */
const largestRecord = 640
const endSize = 22
const largestComment = 0xffff

function word64(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true)
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new FileProblem('problem.directory')
  return Number(value)
}

interface Place {
  start: number
  size: number
  count: number
}

function findEnd(file: FileBytes): { view: DataView; at: number } {
  const length = Math.min(file.size, endSize + largestComment)
  const from = file.size - length
  const bytes = file.read(from, length)
  const view = new DataView(bytes.buffer)
  for (let at = length - endSize; at >= 0; at--) {
    if (view.getUint32(at, true) !== 0x06054b50) continue
    if (at + endSize + view.getUint16(at + 20, true) === length) {
      return { view: new DataView(bytes.buffer, at, endSize), at: from + at }
    }
  }
  throw new FileProblem('problem.noDirectory')
}

/** The place of the directory, from the 64-bit record where there is one. */
function locate(file: FileBytes): Place {
  const { view, at } = findEnd(file)
  const place = {
    count: view.getUint16(10, true),
    size: view.getUint32(12, true),
    start: view.getUint32(16, true),
  }
  const is64 = place.count === 0xffff || place.size === 0xffffffff || place.start === 0xffffffff
  if (!is64 && at < 20) return place
  const locator = at >= 20 ? new DataView(file.read(at - 20, 20).buffer) : null
  if (locator?.getUint32(0, true) !== 0x07064b50) {
    if (is64) throw new FileProblem('problem.directory')
    return place
  }
  const record = new DataView(file.read(word64(locator, 8), 56).buffer)
  if (record.getUint32(0, true) !== 0x06064b50) throw new FileProblem('problem.directory')
  return { count: word64(record, 32), size: word64(record, 40), start: word64(record, 48) }
}

/** Sizes and offset of an entry that stand in its 64-bit extra field, in this order, as far as they are needed. */
function wide(view: DataView, at: number, end: number, values: number[]): number[] {
  const missing = values.some((value) => value === 0xffffffff)
  for (let field = at; missing && field + 4 <= end;) {
    const id = view.getUint16(field, true)
    const stop = field + 4 + view.getUint16(field + 2, true)
    if (stop > end) break
    if (id === 1) {
      let next = field + 4
      return values.map((value) => {
        if (value !== 0xffffffff) return value
        if (next + 8 > stop) throw new FileProblem('problem.directory')
        next += 8
        return word64(view, next - 8)
      })
    }
    field = stop
  }
  return values
}

/**
 * Reads the central directory of at most so many entries. Throws FileProblem where it is cut off, too large or
 * inconsistent.
 */
export function readDirectory(file: FileBytes, mostEntries: number): { entries: ZipEntry[]; start: number } {
  if (file.size < endSize) throw new FileProblem('problem.noDirectory')
  const { start, size, count } = locate(file)
  if (count > mostEntries) throw new FileProblem('problem.manyEntries', { count, limit: mostEntries })
  if (size > mostEntries * largestRecord || size < count * 46) throw new FileProblem('problem.directory')
  const bytes = file.read(start, size)
  const view = new DataView(bytes.buffer)
  const decoder = new TextDecoder()
  const entries: ZipEntry[] = []
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + 46 > size || view.getUint32(at, true) !== 0x02014b50) throw new FileProblem('problem.directory')
    const nameBytes = view.getUint16(at + 28, true)
    const extra = at + 46 + nameBytes
    const end = extra + view.getUint16(at + 30, true)
    const next = end + view.getUint16(at + 32, true)
    if (next > size) throw new FileProblem('problem.directory')
    const values = [at + 24, at + 20, at + 42].map((place) => view.getUint32(place, true))
    const [unpacked, packedSize, offset] = wide(view, extra, end, values)
    entries.push({
      name: decoder.decode(bytes.subarray(at + 46, extra)),
      nameBytes,
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      crc: view.getUint32(at + 16, true),
      packedSize,
      size: unpacked,
      offset,
      limit: start,
    })
    at = next
  }
  return { entries, start }
}
