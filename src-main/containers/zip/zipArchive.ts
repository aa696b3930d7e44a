import { crc32, inflateRawSync } from 'node:zlib'
import type { FileBytes } from '../fileBytes.ts'
import { FileProblem, shown } from '../fileProblem.ts'
import { readDirectory, type ZipEntry } from './zipDirectory.ts'

/** Size of a local header before its name. */
const localHeader = 30
/** What deflate can make of one byte at most; more is claimed only by a bomb. */
const largestRatio = 1032
/** A packed entry is unpacked whole, so it must be small enough to hold. */
const largestUnpacked = 2 ** 31

/** The entries of a zip file; payloads are read when they are asked for. */
export interface ZipArchive {
  entries: ReadonlyMap<string, ZipEntry>
  /** Where the bytes of a stored entry begin. */
  start(entry: ZipEntry): number
  /** The content of an entry, unpacked; `check` compares its checksum. */
  content(entry: ZipEntry, check: boolean): Uint8Array
}

/** Refuses entries that share bytes, which no writer makes and which lets a small file unpack to anything. */
function requireApart(entries: readonly ZipEntry[], directoryStart: number): void {
  const sorted = [...entries].sort((a, b) => a.offset - b.offset)
  sorted.forEach(({ name, offset, nameBytes, packedSize }, i) => {
    const end = offset + localHeader + nameBytes + packedSize
    if (end > (sorted[i + 1]?.offset ?? directoryStart)) {
      throw new FileProblem('problem.overlap', { name: shown(name) })
    }
  })
}

function requirePlausible(entry: ZipEntry): void {
  const name = shown(entry.name)
  if (entry.encrypted) throw new FileProblem('problem.encrypted', { name })
  if (entry.method !== 0 && entry.method !== 8) {
    throw new FileProblem('problem.packing', { name, method: entry.method })
  }
  if (entry.method === 0 && entry.size !== entry.packedSize)
    throw new FileProblem('problem.entrySize', { name })
  if (
    entry.method === 8 &&
    (entry.size > largestUnpacked || entry.size > entry.packedSize * largestRatio + 64)
  ) {
    throw new FileProblem('problem.bomb', { name, packed: entry.packedSize, size: entry.size })
  }
}

/** Opens a zip file by its central directory. Throws FileProblem. */
export function openZip(file: FileBytes): ZipArchive {
  const { entries, start: directoryStart } = readDirectory(file)
  requireApart(entries, directoryStart)
  entries.forEach(requirePlausible)
  const named = new Map<string, ZipEntry>()
  for (const entry of entries) {
    if (named.has(entry.name)) throw new FileProblem('problem.twice', { name: shown(entry.name) })
    named.set(entry.name, entry)
  }
  const start = (entry: ZipEntry): number => {
    const header = file.read(entry.offset, localHeader)
    const view = new DataView(header.buffer)
    if (view.getUint32(0, true) !== 0x04034b50) {
      throw new FileProblem('problem.localHeader', { name: shown(entry.name) })
    }
    const begin = entry.offset + localHeader + view.getUint16(26, true) + view.getUint16(28, true)
    if (begin + entry.packedSize > entry.limit)
      throw new FileProblem('problem.overlap', { name: shown(entry.name) })
    return begin
  }
  const sorted = [...entries].sort((a, b) => a.offset - b.offset)
  sorted.forEach((entry, i) => {
    entry.limit = sorted[i + 1]?.offset ?? directoryStart
  })
  return {
    entries: named,
    start,
    content(entry, check) {
      const packed = file.read(start(entry), entry.packedSize)
      const bytes = entry.method === 0 ? packed : unpack(packed, entry)
      if (check && crc32(bytes) !== entry.crc)
        throw new FileProblem('problem.checksum', { name: shown(entry.name) })
      return bytes
    },
  }
}

function unpack(packed: Uint8Array, entry: ZipEntry): Uint8Array {
  let bytes: Uint8Array
  try {
    bytes = inflateRawSync(packed, { maxOutputLength: Math.max(entry.size, 1) })
  } catch {
    throw new FileProblem('problem.unpack', { name: shown(entry.name) })
  }
  if (bytes.length !== entry.size) throw new FileProblem('problem.entrySize', { name: shown(entry.name) })
  return bytes
}
