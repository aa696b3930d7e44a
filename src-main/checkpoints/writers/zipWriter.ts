import { crc32 } from 'node:zlib'

/** An entry of a zip file; parts follow each other. */
export interface NewZipEntry {
  name: string
  bytes: Uint8Array
}

/** torch maps storages into memory, so their bytes begin at multiples of this. */
const alignment = 64
/** Beyond this, sizes and places need the 64-bit records, which are not written. */
const largestArchive = 0xfffffffe

/** An extra field that fills a local header up to the alignment, as torch writes it. */
function filling(position: number): Uint8Array {
  const rest = (alignment - ((position + 4) % alignment)) % alignment
  const extra = new Uint8Array(4 + rest).fill(0x5a)
  extra.set([0x46, 0x42, rest & 0xff, rest >> 8])
  return extra
}

interface Placed {
  entry: NewZipEntry
  name: Uint8Array
  crc: number
  offset: number
}

function header(signature: number, { name, crc, entry }: Placed, extra: number): DataView {
  const central = signature === 0x02014b50
  const view = new DataView(new ArrayBuffer(central ? 46 : 30))
  const shift = central ? 2 : 0
  view.setUint32(0, signature, true)
  // 1980-01-01: the same content gives the same file.
  view.setUint16(12 + shift, 0x21, true)
  view.setUint32(14 + shift, crc, true)
  view.setUint32(18 + shift, entry.bytes.length, true)
  view.setUint32(22 + shift, entry.bytes.length, true)
  view.setUint16(26 + shift, name.length, true)
  view.setUint16(28 + shift, extra, true)
  return view
}

/**
 * The parts of a zip file whose entries are stored as they are, each at a multiple of 64 bytes. Throws a
 * RangeError beyond 4 GiB.
 */
export function zipParts(entries: readonly NewZipEntry[]): Uint8Array[] {
  const parts: Uint8Array[] = []
  const placed: Placed[] = []
  let position = 0
  const put = (bytes: Uint8Array) => {
    parts.push(bytes)
    position += bytes.length
  }
  for (const entry of entries) {
    const name = new TextEncoder().encode(entry.name)
    const place: Placed = { entry, name, crc: crc32(entry.bytes), offset: position }
    const extra = filling(position + 30 + name.length)
    placed.push(place)
    put(new Uint8Array(header(0x04034b50, place, extra.length).buffer))
    put(name)
    put(extra)
    put(entry.bytes)
    if (position > largestArchive) throw new RangeError('the archive is larger than 4 GiB')
  }
  const start = position
  for (const place of placed) {
    const view = header(0x02014b50, place, 0)
    view.setUint32(42, place.offset, true)
    put(new Uint8Array(view.buffer))
    put(place.name)
  }
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x06054b50, true)
  end.setUint16(8, placed.length, true)
  end.setUint16(10, placed.length, true)
  end.setUint32(12, position - start, true)
  end.setUint32(16, start, true)
  put(new Uint8Array(end.buffer))
  return parts
}
