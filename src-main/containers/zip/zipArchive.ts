import { crc32, inflateRawSync } from 'node:zlib'
import type { FileBytes } from '../fileBytes.ts'
import { FileProblem, shown } from '../fileProblem.ts'
import { readDirectory, type ZipEntry } from './zipDirectory.ts'

/** Size of a local header before its name. */
const localHeader = 30
/** Room for the extra fields of a local header, so that header and content are mostly read at once. */
const usualExtra = 512
const usualEntries = 100_000
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

/** Refuses an entry that shares bytes with the next, which no writer makes and which unpacks to anything. */
function requireApart({ name, offset, nameBytes, packedSize, limit }: ZipEntry): void {
  if (offset + localHeader + nameBytes + packedSize > limit) {
    throw new FileProblem('problem.overlap', { name: shown(name) })
  }
}

function requirePlausible(entry: ZipEntry): void {
  const name = shown(entry.name)
  if (entry.encrypted) throw new FileProblem('problem.encrypted', { name })
  if (entry.method !== 0 && entry.method !== 8) {
    throw new FileProblem('problem.packing', { name, method: entry.method })
  }
  if (entry.method === 0 && entry.size !== entry.packedSize)
    throw new FileProblem('problem.entrySize', { name })
  if (entry.method === 8 && entry.size > entry.packedSize * largestRatio + 64) throw bomb(entry)
}

function bomb({ name, packedSize, size }: ZipEntry): FileProblem {
  return new FileProblem('problem.bomb', { name: shown(name), packed: packedSize, size })
}

/** Where the content of an entry begins, from its local header. Throws FileProblem. */
function contentStart(entry: ZipEntry, header: Uint8Array): number {
  const view = new DataView(header.buffer, header.byteOffset, localHeader)
  if (view.getUint32(0, true) !== 0x04034b50) {
    throw new FileProblem('problem.localHeader', { name: shown(entry.name) })
  }
  const begin = entry.offset + localHeader + view.getUint16(26, true) + view.getUint16(28, true)
  if (begin + entry.packedSize > entry.limit)
    throw new FileProblem('problem.overlap', { name: shown(entry.name) })
  return begin
}

/** The packed bytes of an entry, mostly by one read together with its local header. */
function packedBytes(file: FileBytes, entry: ZipEntry): Uint8Array {
  const { offset, limit, nameBytes, packedSize } = entry
  const wanted = localHeader + nameBytes + usualExtra + packedSize
  const block = file.read(offset, Math.min(wanted, limit - offset))
  const start = contentStart(entry, block)
  const begin = start - offset
  return begin + packedSize <= block.length
    ? block.subarray(begin, begin + packedSize)
    : file.read(start, packedSize)
}

/** Opens a zip file of at most so many entries by its central directory. Throws FileProblem. */
export function openZip(file: FileBytes, mostEntries = usualEntries): ZipArchive {
  const { entries, start: directoryStart } = readDirectory(file, mostEntries)
  const sorted = [...entries].sort((a, b) => a.offset - b.offset)
  sorted.forEach((entry, i) => (entry.limit = sorted[i + 1]?.offset ?? directoryStart))
  sorted.forEach(requireApart)
  entries.forEach(requirePlausible)
  const named = new Map<string, ZipEntry>()
  for (const entry of entries) {
    if (named.has(entry.name)) throw new FileProblem('problem.twice', { name: shown(entry.name) })
    named.set(entry.name, entry)
  }
  return {
    entries: named,
    start: (entry) => contentStart(entry, file.read(entry.offset, localHeader)),
    content(entry, check) {
      const packed = packedBytes(file, entry)
      const bytes = entry.method === 0 ? packed : unpack(packed, entry)
      if (check && crc32(bytes) !== entry.crc)
        throw new FileProblem('problem.checksum', { name: shown(entry.name) })
      return bytes
    },
  }
}

function unpack(packed: Uint8Array, entry: ZipEntry): Uint8Array {
  if (entry.size > largestUnpacked) throw bomb(entry)
  let bytes: Uint8Array
  try {
    bytes = inflateRawSync(packed, { maxOutputLength: Math.max(entry.size, 1) })
  } catch {
    throw new FileProblem('problem.unpack', { name: shown(entry.name) })
  }
  if (bytes.length !== entry.size) throw new FileProblem('problem.entrySize', { name: shown(entry.name) })
  return bytes
}
