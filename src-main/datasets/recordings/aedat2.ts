import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { startTimes } from './eventColumns.ts'
import type { DecodedRecording, RecordingFormat } from './recordingFormat.ts'
import { beginsWith, headerLength } from './textHeader.ts'

/**
 * AEDAT 2.0 of a DVS128, as CIFAR10-DVS has it: lines that begin with `#`, then for each event its address and its
 * time in µs, big-endian. Bit 15 marks events that are none of the pixels'.
 */
const eventLength = 8
const side = 128

function decode(bytes: Uint8Array, file: string, settings: { rule: string }): DecodedRecording {
  const begin = headerLength(bytes, '#', file)
  const length = bytes.length - begin
  if (length % eventLength !== 0)
    throw new SpikedeskError('recording.truncated', { file, found: length, wanted: eventLength })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const all = length / eventLength
  const times = new Uint32Array(all)
  const x = new Uint16Array(all)
  const y = new Uint16Array(all)
  const p = new Uint8Array(all)
  // spikingjelly turns the picture upright and takes the camera's 0 for ON, as the camera's own software does.
  const turned = settings.rule === 'spikingjelly'
  let count = 0
  for (let i = 0, at = begin; i < all; i++, at += eventLength) {
    const address = view.getUint32(at)
    if ((address & 0x8000) !== 0) continue
    const [column, row, polarity] = [(address & 0xfe) >>> 1, (address & 0x7f00) >>> 8, address & 1]
    x[count] = turned ? side - 1 - row : column
    y[count] = turned ? side - 1 - column : row
    p[count] = turned ? 1 - polarity : polarity
    times[count++] = view.getUint32(at + 4)
  }
  const t = startTimes(times.subarray(0, count), file, count > 0)
  return {
    events: { t, x: x.slice(0, count), y: y.slice(0, count), p: p.slice(0, count) },
    sensor: [side, side],
    dropped: all - count,
  }
}

export const aedat2: RecordingFormat = {
  id: 'aedat2',
  label: 'AEDAT 2.0 of a DVS128 (.aedat)',
  endings: ['.aedat', '.aedat2'],
  match: (head) => beginsWith(head, '#!AER-DAT2.0'),
  decode,
}
