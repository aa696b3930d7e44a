import { crc32, inflateRawSync } from 'node:zlib'
import type { Entry } from 'yauzl'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { fileLimit } from './tree.ts'

const localHeadBytes = 30
const localMagic = 0x04034b50
/** Room for the name and extra fields of an entry, so that one read mostly suffices. */
const usualExtra = 512
/** Above so many bytes, content that unpacks to more than a hundred times its size is taken for an attack. */
export const harmlessBytes = 1 << 20
export const largestRatio = 100

/** Where an archive lies: a file, a part of one, or bytes in memory. */
export interface ArchiveBytes {
  path: string
  size: number
  /** Bytes from `at` on, fewer where it ends before `length`. */
  bytes(at: number, length: number): Buffer
}

/** What is needed to read one file of an archive. */
export interface ZipEntry {
  method: number
  at: number
  packed: number
  size: number
  crc: number
  /** Bytes of the name in the list; the name before the data is usually as long. */
  nameBytes: number
}

/**
 * An entry of the archive's list.
 * @throws SpikedeskError `archive.encrypted`, `archive.method`, `archive.absurd`
 */
export function zipEntryOf(entry: Entry, archive: ArchiveBytes): ZipEntry {
  const data = { file: archive.path, name: entry.fileName }
  if (entry.isEncrypted()) throw new SpikedeskError('archive.encrypted', data)
  const { compressionMethod: method, compressedSize: packed, uncompressedSize: size } = entry
  if (method !== 0 && method !== 8) throw new SpikedeskError('archive.method', { ...data, method })
  const at = entry.relativeOffsetOfLocalHeader
  const ratio = method === 0 ? 1 : largestRatio
  if (at + localHeadBytes + packed > archive.size || (size > harmlessBytes && size > packed * ratio))
    throw new SpikedeskError('archive.absurd', { ...data, found: size, packed })
  return { method, at, packed, size, crc: entry.crc32, nameBytes: entry.fileNameLength }
}

function damaged(archive: ArchiveBytes, name: string, cause?: unknown): SpikedeskError {
  return new SpikedeskError('archive.damagedEntry', { file: archive.path, name }, cause)
}

/** Place and length of the data of an entry in the archive. Throws `archive.damagedEntry`. */
export function zipDataAt(archive: ArchiveBytes, entry: ZipEntry, name: string, head?: Buffer): number {
  const bytes = head ?? archive.bytes(entry.at, localHeadBytes)
  if (bytes.length < localHeadBytes || bytes.readUInt32LE(0) !== localMagic) throw damaged(archive, name)
  const begin = localHeadBytes + bytes.readUInt16LE(26) + bytes.readUInt16LE(28)
  if (entry.at + begin + entry.packed > archive.size) throw damaged(archive, name)
  return begin
}

/**
 * The content of one file of an archive, checked against its CRC-32.
 * @throws SpikedeskError `archive.damagedEntry`, `dataset.fileTooLarge`, `dataset.unreadable`
 */
export function readZipEntry(archive: ArchiveBytes, entry: ZipEntry, name: string): Uint8Array {
  if (entry.size > fileLimit) {
    const file = `${archive.path}: ${name}`
    throw new SpikedeskError('dataset.fileTooLarge', { file, found: entry.size, limit: fileLimit })
  }
  const wanted = localHeadBytes + entry.nameBytes + usualExtra + entry.packed
  const block = archive.bytes(entry.at, wanted)
  const begin = zipDataAt(archive, entry, name, block)
  const inBlock = begin + entry.packed <= block.length
  const packed = inBlock
    ? block.subarray(begin, begin + entry.packed)
    : archive.bytes(entry.at + begin, entry.packed)
  if (packed.length < entry.packed) throw damaged(archive, name)
  let content: Uint8Array
  try {
    content =
      entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) })
  } catch (thrown) {
    throw damaged(archive, name, thrown)
  }
  if (content.length !== entry.size || crc32(content) !== entry.crc) throw damaged(archive, name)
  return content
}
