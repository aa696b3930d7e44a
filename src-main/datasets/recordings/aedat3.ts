import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { startTimes } from './eventColumns.ts'
import type { DecodedRecording, RecordingFormat } from './recordingFormat.ts'
import { beginsWith, headerLength, headerText } from './textHeader.ts'

/**
 * AEDAT 3.1, as DVS128 Gesture has it: lines that begin with `#` up to `#!END-HEADER`, then packets with a header
 * of 28 bytes, little-endian. Packets of polarity events have 8 bytes an event; others are passed over.
 */
const packetHead = 28
const polarityType = 1
const polarityBytes = 8

/** Sensors by what the header calls their cameras. */
const cameras: readonly [RegExp, [number, number]][] = [
  [/DVS128/, [128, 128]],
  [/DAVIS240/, [240, 180]],
  [/DAVIS346/, [346, 260]],
]

/** The polarity events of a file, with the times of its clock, µs. */
export interface Aedat3Events {
  times: Float64Array
  x: Uint16Array
  y: Uint16Array
  p: Uint8Array
  sensor: [number, number] | null
  /** Events that the camera marked as not valid. */
  invalid: number
}

function damagedPacket(file: string, at: number): SpikedeskError {
  return new SpikedeskError('recording.damaged', { file, detail: { phrase: 'detail.packet', at } })
}

interface Packet {
  at: number
  count: number
  overflow: number
}

function polarityPackets(view: DataView, begin: number, file: string): Packet[] {
  const packets: Packet[] = []
  for (let at = begin; at < view.byteLength;) {
    if (at + packetHead > view.byteLength) throw damagedPacket(file, at)
    const type = view.getUint16(at, true)
    const size = view.getUint32(at + 4, true)
    const overflow = view.getUint32(at + 12, true)
    const count = view.getUint32(at + 20, true)
    const end = at + packetHead + size * count
    if (end > view.byteLength || (type === polarityType && size !== polarityBytes))
      throw damagedPacket(file, at)
    if (type === polarityType) packets.push({ at: at + packetHead, count, overflow })
    at = end
  }
  return packets
}

/** Decodes all polarity events of a file. Throws `recording.damaged`. */
export function readAedat3(bytes: Uint8Array, file: string): Aedat3Events {
  const begin = headerLength(bytes, '#', file, '#!END-HEADER')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const packets = polarityPackets(view, begin, file)
  const all = packets.reduce((sum, { count }) => sum + count, 0)
  const times = new Float64Array(all)
  const x = new Uint16Array(all)
  const y = new Uint16Array(all)
  const p = new Uint8Array(all)
  let kept = 0
  for (const { at, count, overflow } of packets) {
    for (let i = 0, place = at; i < count; i++, place += polarityBytes) {
      const data = view.getUint32(place, true)
      if ((data & 1) === 0) continue
      times[kept] = view.getUint32(place + 4, true) + overflow * 0x80000000
      p[kept] = (data >>> 1) & 1
      y[kept] = (data >>> 2) & 0x7fff
      x[kept++] = data >>> 17
    }
  }
  const text = headerText(bytes, begin)
  const sensor = cameras.find(([name]) => name.test(text))?.[1]
  return {
    times: times.subarray(0, kept),
    x: x.subarray(0, kept),
    y: y.subarray(0, kept),
    p: p.subarray(0, kept),
    sensor: sensor ? [...sensor] : null,
    invalid: all - kept,
  }
}

function decode(bytes: Uint8Array, file: string): DecodedRecording {
  const { times, x, y, p, sensor, invalid } = readAedat3(bytes, file)
  return { events: { t: startTimes(times, file, true), x, y, p }, sensor, dropped: invalid }
}

export const aedat3: RecordingFormat = {
  id: 'aedat3',
  label: 'AEDAT 3.1 (.aedat)',
  endings: ['.aedat', '.aedat3'],
  match: (head) => beginsWith(head, '#!AER-DAT3.'),
  decode,
}
