import { zstdCompressSync } from 'node:zlib'
import { zipFile } from './zipFiles.ts'

/** Small recordings in every format, written from the descriptions of their bytes. */

export interface TestEvent {
  x: number
  y: number
  t: number
  p: number
}

/** Events in the order of time, 3 ms apart, on a sensor of 32 × 24 pixels. */
export function someEvents(count: number): TestEvent[] {
  return Array.from({ length: count }, (_, i) => ({
    x: (7 * i) % 32,
    y: (5 * i) % 24,
    t: 654 + 3000 * i,
    p: i & 1,
  }))
}

export function atisBytes(events: readonly TestEvent[]): Buffer {
  return Buffer.from(
    events.flatMap(({ x, y, t, p }) => [x, y, (p << 7) | (t >>> 16), (t >>> 8) & 255, t & 255]),
  )
}

function words(values: readonly number[], big = false): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  values.forEach((value, i) =>
    big ? bytes.writeUInt32BE(value >>> 0, 4 * i) : bytes.writeUInt32LE(value >>> 0, 4 * i),
  )
  return bytes
}

/** Prophesee's addresses, or those of older ATIS cameras. */
export function datBytes(events: readonly TestEvent[], layout: 'prophesee' | 'atis' = 'prophesee'): Buffer {
  const header = layout === 'prophesee' ? '% Data file containing CD events.\n% Version 2\n' : '% Data file\n'
  const address = ({ x, y, p }: TestEvent): number =>
    layout === 'prophesee' ? x | (y << 14) | (p << 28) : x | (y << 9) | (p << 17)
  return Buffer.concat([
    Buffer.from(header),
    Buffer.of(0, 8),
    words(events.flatMap((e) => [e.t, address(e)])),
  ])
}

export function aedat2Bytes(events: readonly TestEvent[]): Buffer {
  const header = '#!AER-DAT2.0\r\n# This is a raw AE data file\r\n'
  const body = words(
    events.flatMap(({ x, y, t, p }) => [(x << 1) | (y << 8) | p, t]),
    true,
  )
  return Buffer.concat([Buffer.from(header), body])
}

/** Two packets of polarity events with one of another type between them. */
export function aedat3Bytes(events: readonly TestEvent[], overflow = 0): Buffer {
  const packet = (type: number, body: Buffer, size: number): Buffer => {
    const count = body.length / size
    const head = Buffer.alloc(28)
    head.writeUInt16LE(type, 0)
    head.writeUInt32LE(size, 4)
    head.writeUInt32LE(4, 8)
    head.writeUInt32LE(overflow, 12)
    for (const at of [16, 20, 24]) head.writeUInt32LE(count, at)
    return Buffer.concat([head, body])
  }
  const body = (part: readonly TestEvent[]): Buffer =>
    words(part.flatMap(({ x, y, t, p }) => [1 | (p << 1) | (y << 2) | (x << 17), t]))
  const half = events.length >> 1
  return Buffer.concat([
    Buffer.from('#!AER-DAT3.1\r\n#Format: RAW\r\n#Source 1: DVS128\r\n#!END-HEADER\r\n'),
    packet(1, body(events.slice(0, half)), 8),
    packet(0, Buffer.alloc(16), 8),
    packet(1, body(events.slice(half)), 8),
  ])
}

/** A FlatBuffer with its size before it: a table whose fields are a vector of bytes or numbers of 4 or 8 bytes. */
function flatBuffer(
  identifier: string,
  fields: (Buffer | { size: 4 | 8; value: number })[],
  elementBytes = 1,
): Buffer {
  const list = Buffer.alloc(4 + 2 * fields.length)
  list.writeUInt16LE(list.length, 0)
  const tableAt = 8 + list.length + ((4 - ((8 + list.length) % 4)) % 4)
  let inTable = 4
  fields.forEach((field, i) => {
    list.writeUInt16LE(inTable, 4 + 2 * i)
    inTable += Buffer.isBuffer(field) ? 4 : field.size
  })
  list.writeUInt16LE(inTable, 2)
  const table = Buffer.alloc(inTable)
  table.writeInt32LE(tableAt - 8, 0)
  const vectors: Buffer[] = []
  let end = tableAt + inTable
  fields.forEach((field, i) => {
    const at = list.readUInt16LE(4 + 2 * i)
    if (!Buffer.isBuffer(field)) {
      if (field.size === 4) table.writeInt32LE(field.value, at)
      else table.writeBigInt64LE(BigInt(field.value), at)
      return
    }
    table.writeUInt32LE(end - tableAt - at, at)
    const length = Buffer.alloc(4)
    length.writeUInt32LE(field.length / elementBytes)
    vectors.push(length, field)
    end += 4 + field.length
  })
  const head = Buffer.alloc(8)
  head.writeUInt32LE(tableAt)
  head.write(identifier, 4, 'latin1')
  const content = Buffer.concat([head, list, Buffer.alloc(tableAt - 8 - list.length), table, ...vectors])
  const size = Buffer.alloc(4)
  size.writeUInt32LE(content.length)
  return Buffer.concat([size, content])
}

/**
 * An LZ4 frame that makes use of one copy: the first 16 bytes as literals, the rest of a run of equal blocks by
 * copying, or everything as literals where the content does not repeat.
 */
export function lz4Frame(content: Buffer): Buffer {
  const extended = (length: number): Buffer => {
    const rest = length - 15
    return rest < 0
      ? Buffer.alloc(0)
      : Buffer.of(...new Array<number>(Math.floor(rest / 255)).fill(255), rest % 255)
  }
  const literals = (bytes: Buffer, nibble: number): Buffer =>
    Buffer.concat([Buffer.of((Math.min(bytes.length, 15) << 4) | nibble), extended(bytes.length), bytes])
  const first = content.subarray(0, 16)
  const repeats = content.length > 64 && content.subarray(16, 48).equals(Buffer.concat([first, first]))
  const block = repeats
    ? Buffer.concat([
        literals(first, 15),
        Buffer.of(16, 0),
        extended(32 - 4),
        literals(content.subarray(48), 0),
      ])
    : literals(content, 0)
  const size = Buffer.alloc(4)
  size.writeUInt32LE(block.length)
  return Buffer.concat([Buffer.from('04224d18604082', 'hex'), size, block, Buffer.alloc(4)])
}

/** Two packets of events and one of another stream. */
export function aedat4Bytes(events: readonly TestEvent[], compression: 0 | 1 | 3 = 1): Buffer {
  const xml =
    '<dv version="2.0"><node name="outInfo" path="/mainloop/Recorder/outInfo/">' +
    '<node name="0" path="/mainloop/Recorder/outInfo/0/"><attr key="typeIdentifier" type="string">EVTS</attr>' +
    '<node name="info" path="/x/"><attr key="sizeX" type="int">32</attr><attr key="sizeY" type="int">24</attr></node></node>' +
    '<node name="1" path="/mainloop/Recorder/outInfo/1/"><attr key="typeIdentifier" type="string">FRME</attr></node></node></dv>'
  const pack = (content: Buffer): Buffer =>
    compression === 1 ? lz4Frame(content) : compression === 3 ? zstdCompressSync(content) : content
  const packet = (stream: number, content: Buffer): Buffer => {
    const packed = pack(content)
    return Buffer.concat([words([stream, packed.length]), packed])
  }
  const body = (part: readonly TestEvent[]): Buffer =>
    Buffer.concat(
      part.map(({ x, y, t, p }) => {
        const bytes = Buffer.alloc(16)
        bytes.writeBigInt64LE(1_600_000_000_000_000n + BigInt(t), 0)
        bytes.writeInt16LE(x, 8)
        bytes.writeInt16LE(y, 10)
        bytes[12] = p
        return bytes
      }),
    )
  const half = events.length >> 1
  const header = flatBuffer('IOHE', [
    { size: 4, value: compression },
    { size: 8, value: -1 },
    Buffer.from(xml),
  ])
  return Buffer.concat([
    Buffer.from('#!AER-DAT4.0\r\n'),
    header,
    packet(0, flatBuffer('EVTS', [body(events.slice(0, half))], 16)),
    packet(1, Buffer.from('a picture')),
    packet(0, flatBuffer('EVTS', [body(events.slice(half))], 16)),
  ])
}

export function npyBytes(type: string, shape: readonly number[], data: Buffer, fields = `'${type}'`): Buffer {
  const text = `{'descr': ${fields}, 'fortran_order': False, 'shape': (${shape.join(', ')},), }`
  const header = Buffer.from(text.padEnd(118 - 1) + '\n')
  const head = Buffer.from('\x93NUMPY\x01\x00', 'latin1')
  const length = Buffer.alloc(2)
  length.writeUInt16LE(header.length)
  return Buffer.concat([head, length, header, data])
}

/** tonic's structured array: x, y, p, t. */
export function npyEventBytes(events: readonly TestEvent[]): Buffer {
  const data = Buffer.alloc(13 * events.length)
  events.forEach(({ x, y, t, p }, i) => {
    data.writeInt16LE(x, 13 * i)
    data.writeInt16LE(y, 13 * i + 2)
    data[13 * i + 4] = p
    data.writeBigInt64LE(BigInt(t), 13 * i + 5)
  })
  const fields = "[('x', '<i2'), ('y', '<i2'), ('p', '|b1'), ('t', '<i8')]"
  return npyBytes('', [events.length], data, fields)
}

export function npzEventBytes(events: readonly TestEvent[]): Buffer {
  const column = (key: keyof TestEvent): Buffer =>
    npyBytes('<i4', [events.length], words(events.map((event) => event[key])))
  return zipFile((['t', 'x', 'y', 'p'] as const).map((key) => ({ name: `${key}.npy`, bytes: column(key) })))
}

export function csvEventBytes(events: readonly TestEvent[], header = 'x,y,p,t'): Buffer {
  const order = header.split(',') as (keyof TestEvent)[]
  return Buffer.from([header, ...events.map((event) => order.map((key) => event[key]).join(','))].join('\n'))
}
