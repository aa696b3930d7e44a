import { crc32, deflateRawSync } from 'node:zlib'

/** One file of an archive for tests; `claims` are put into the list in place of what is true. */
export interface ZipMember {
  name: string
  bytes: Uint8Array
  stored?: boolean
  claims?: { size?: number; method?: number; encrypted?: boolean }
}

/** A zip archive of the members, as the format says. */
export function zipFile(members: readonly ZipMember[]): Buffer {
  const parts: Buffer[] = []
  const list: Buffer[] = []
  let at = 0
  for (const { name, bytes, stored, claims } of members) {
    const packed = stored ? Buffer.from(bytes) : deflateRawSync(bytes)
    const title = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(claims?.encrypted ? 1 : 0, 2)
    common.writeUInt16LE(claims?.method ?? (stored ? 0 : 8), 4)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claims?.size ?? bytes.length, 18)
    common.writeUInt16LE(title.length, 22)
    const entry = Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, Buffer.alloc(14), title])
    entry.writeUInt32LE(at, 42)
    list.push(entry)
    parts.push(Buffer.from('PK\x03\x04'), common, title, packed)
    at += 30 + title.length + packed.length
  }
  const directory = Buffer.concat(list)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(members.length, 8)
  end.writeUInt16LE(members.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, directory, end])
}
