import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { readZipEntry, type ZipEntry } from '../trees/zipEntry.ts'
import { readNpy, type NpyArray } from './npy.ts'

/** An `.npz` file: a zip archive with an array in each of its files, e.g. `t.npy`. */
const endMagic = 0x06054b50
const listMagic = 0x02014b50
const endBytes = 22
const entryBytes = 46
const commentLimit = 0xffff
const entriesLimit = 1000

/** Whether the bytes begin as a zip archive does. */
export function looksLikeZip(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4
}

function damaged(file: string): SpikedeskError {
  return new SpikedeskError('archive.damaged', { file })
}

function listEntries(bytes: Buffer, file: string): Map<string, ZipEntry> {
  let end = bytes.length - endBytes
  const least = Math.max(0, end - commentLimit)
  while (end >= least && bytes.readUInt32LE(end) !== endMagic) end--
  if (end < least) throw damaged(file)
  const count = bytes.readUInt16LE(end + 10)
  let at = bytes.readUInt32LE(end + 16)
  if (count > entriesLimit) throw new SpikedeskError('archive.tooMany', { path: file, limit: entriesLimit })
  const entries = new Map<string, ZipEntry>()
  for (let i = 0; i < count; i++) {
    if (at + entryBytes > bytes.length || bytes.readUInt32LE(at) !== listMagic) throw damaged(file)
    const nameBytes = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + entryBytes, at + entryBytes + nameBytes)
    const entry = {
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      at: bytes.readUInt32LE(at + 42),
      nameBytes,
    }
    if (entry.method !== 0 && entry.method !== 8)
      throw new SpikedeskError('archive.method', { file, name, method: entry.method })
    if (entry.at + entry.packed > bytes.length || entry.size > Math.max(1 << 20, entry.packed * 100))
      throw new SpikedeskError('archive.absurd', { file, name, found: entry.size, packed: entry.packed })
    entries.set(name.replace(/\.npy$/, ''), entry)
    at += entryBytes + nameBytes + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return entries
}

/** The arrays of an `.npz` file, each read when it is asked for. */
export interface NpzArchive {
  names: string[]
  /** Throws `array.missing`, `array.damaged`, `array.type` and `archive.` codes. */
  array(name: string): NpyArray
}

/** Lists the arrays in the bytes of a whole file. Throws `archive.` codes. */
export function readNpz(content: Uint8Array, file: string): NpzArchive {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const entries = listEntries(bytes, file)
  const source = {
    path: file,
    size: bytes.length,
    bytes: (at: number, length: number) => bytes.subarray(at, at + length),
  }
  return {
    names: [...entries.keys()],
    array(name) {
      const entry = entries.get(name)
      if (!entry) {
        const holds = [...entries.keys()].slice(0, 8).join(', ')
        throw new SpikedeskError('array.missing', { file, wanted: name, holds })
      }
      return readNpy(readZipEntry(source, entry, name), `${file}: ${name}`)
    },
  }
}
