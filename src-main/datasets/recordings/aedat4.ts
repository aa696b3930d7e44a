import { zstdDecompressSync } from 'node:zlib'
import { SpikedeskError, type Phrase } from '../../../src-shared/errors/index.ts'
import { startTimes } from './eventColumns.ts'
import { FlatTable } from './flatbuffer.ts'
import { unpackLz4 } from './lz4.ts'
import type { DecodedRecording, RecordingFormat } from './recordingFormat.ts'
import { beginsWith } from './textHeader.ts'

/**
 * AEDAT 4.0 (inivation, "AEDAT file formats"): a line, a FlatBuffer that says how packets are compressed and which
 * streams there are, then packets, each with the number of its stream and its size. Packets of events hold a vector
 * of 16 bytes an event: time (i64, µs), x and y (i16), polarity.
 */
const firstLine = '#!AER-DAT4.0\r\n'
const eventLength = 16
const packetHead = 8

/** All packets together are not unpacked to more than this many times the file, and a little. */
const largestRatio = 32
const harmlessBytes = 1 << 20

const compressions = { none: [0], lz4: [1, 2], zstd: [3, 4] } as const

function damaged(file: string, detail: Phrase): SpikedeskError {
  return new SpikedeskError('recording.damaged', { file, detail })
}

interface Header {
  /** Where the packets begin and end. */
  begin: number
  end: number
  compression: number
  /** Number of the first stream of events. */
  stream: number
  sensor: [number, number] | null
}

/** The stream of events that the header's XML describes, and its sensor. */
function eventStream(xml: string): Pick<Header, 'stream' | 'sensor'> | null {
  const parts = xml.split(/<node name="(?=\d+" path="[^"]*outInfo\/\d+\/")/).slice(1)
  const found = parts.find((part) => /key="typeIdentifier"[^>]*>EVTS</.test(part))
  if (found === undefined) return null
  const size = (key: string): number =>
    Number(new RegExp(`key="${key}"[^>]*>(\\d{1,5})<`).exec(found)?.[1] ?? 0)
  const [width, height] = [size('sizeX'), size('sizeY')]
  return { stream: parseInt(found, 10), sensor: width > 0 && height > 0 ? [width, height] : null }
}

function readHeader(bytes: Uint8Array, file: string): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const at = firstLine.length
  const size = bytes.length >= at + 4 ? view.getUint32(at, true) : 0
  const begin = at + 4 + size
  if (size === 0 || begin > bytes.length) throw damaged(file, { phrase: 'detail.header' })
  const table = FlatTable.root(bytes.subarray(at, begin), 'IOHE')
  if (!table) throw damaged(file, { phrase: 'detail.headerValues' })
  const stream = eventStream(table.text(2))
  if (!stream) throw damaged(file, { phrase: 'detail.noEvents' })
  const tableAt = table.int64(1, -1)
  const end = tableAt > begin && tableAt <= bytes.length ? tableAt : bytes.length
  return { begin, end, compression: table.int32(0, 0), ...stream }
}

function unpack(packed: Uint8Array, compression: number, limit: number): Uint8Array | null {
  if (compressions.none.includes(compression as 0)) return packed
  if (compressions.lz4.includes(compression as 1)) return unpackLz4(packed, limit)
  try {
    return zstdDecompressSync(packed, { maxOutputLength: limit })
  } catch {
    return null
  }
}

/** The events of one packet, to be read from `view` at `at`. */
interface EventPacket {
  view: DataView
  at: number
  count: number
}

function eventPackets(bytes: Uint8Array, header: Header, file: string): EventPacket[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const packets: EventPacket[] = []
  let room = bytes.length * largestRatio + harmlessBytes
  for (let at = header.begin; at < header.end;) {
    const size = at + packetHead <= header.end ? view.getInt32(at + 4, true) : -1
    const next = at + packetHead + size
    if (size < 0 || next > header.end) throw damaged(file, { phrase: 'detail.packet', at })
    if (view.getInt32(at, true) === header.stream) {
      const content = unpack(bytes.subarray(at + packetHead, next), header.compression, room)
      if (!content) throw damaged(file, { phrase: 'detail.unpack', at })
      room -= content.length
      const events = FlatTable.root(content, 'EVTS')?.vector(0, eventLength)
      if (!events) throw damaged(file, { phrase: 'detail.packet', at })
      packets.push({ view: new DataView(content.buffer, content.byteOffset, content.byteLength), ...events })
    }
    at = next
  }
  return packets
}

function decode(bytes: Uint8Array, file: string): DecodedRecording {
  const header = readHeader(bytes, file)
  if (
    !Object.values(compressions)
      .flat()
      .includes(header.compression as 0)
  )
    throw damaged(file, { phrase: 'detail.compression', found: header.compression })
  const packets = eventPackets(bytes, header, file)
  const count = packets.reduce((sum, packet) => sum + packet.count, 0)
  const times = new Float64Array(count)
  const x = new Uint16Array(count)
  const y = new Uint16Array(count)
  const p = new Uint8Array(count)
  let i = 0
  for (const { view, at, count: length } of packets) {
    for (let place = at; place < at + length * eventLength; place += eventLength, i++) {
      times[i] = view.getUint32(place, true) + view.getInt32(place + 4, true) * 0x100000000
      x[i] = view.getUint16(place + 8, true)
      y[i] = view.getUint16(place + 10, true) & 0x7fff
      p[i] = view.getUint8(place + 12) & 1
    }
  }
  return { events: { t: startTimes(times, file, true), x, y, p }, sensor: header.sensor, dropped: 0 }
}

export const aedat4: RecordingFormat = {
  id: 'aedat4',
  label: 'AEDAT 4.0 (.aedat4)',
  endings: ['.aedat4', '.aedat'],
  match: (head) => beginsWith(head, firstLine),
  decode,
}
