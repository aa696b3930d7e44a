import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { EventRecording } from '../dataset.ts'
import type { DecodedRecording, RecordingFormat } from './recordingFormat.ts'
import { keepFirstSaccade, stabilise } from './saccades.ts'

/**
 * The 5-byte events of N-MNIST and N-Caltech101 (Orchard and others 2015): x, y, then polarity in the highest of
 * 24 bits and the time in the other 23, µs, big-endian. There is no header.
 */
const eventLength = 5

/** tonic takes an event in this row for a marker: this much is added to the times after it. */
const markerRow = 240
const markerMicroseconds = 1 << 13

/** Every event as it stands. */
function decodePlain(bytes: Uint8Array): EventRecording {
  const count = bytes.length / eventLength
  const t = new Uint32Array(count)
  const x = new Uint16Array(count)
  const y = new Uint16Array(count)
  const p = new Uint8Array(count)
  for (let i = 0, at = 0; i < count; i++, at += eventLength) {
    const high = bytes[at + 2]
    x[i] = bytes[at]
    y[i] = bytes[at + 1]
    p[i] = high >>> 7
    t[i] = ((high & 0x7f) << 16) | (bytes[at + 3] << 8) | bytes[at + 4]
  }
  return { t, x, y, p }
}

/** Takes the markers out, in place. */
function applyMarkers({ t, x, y, p }: EventRecording): EventRecording {
  let kept = 0
  let later = 0
  for (let i = 0; i < t.length; i++) {
    if (y[i] === markerRow) {
      later += markerMicroseconds
      continue
    }
    t[kept] = t[i] + later
    x[kept] = x[i]
    y[kept] = y[i]
    p[kept] = p[i]
    kept++
  }
  return { t: t.slice(0, kept), x: x.slice(0, kept), y: y.slice(0, kept), p: p.slice(0, kept) }
}

function decode(
  bytes: Uint8Array,
  file: string,
  settings: Parameters<RecordingFormat['decode']>[2],
): DecodedRecording {
  if (bytes.length % eventLength !== 0) {
    const data = { file, found: bytes.length, wanted: eventLength }
    throw new SpikedeskError('recording.truncated', data)
  }
  let events = decodePlain(bytes)
  const found = events.t.length
  if (settings.rule === 'tonic' && events.y.includes(markerRow)) events = applyMarkers(events)
  if (settings.firstSaccadeOnly) events = keepFirstSaccade(events)
  if (settings.stabilise) events = stabilise(events)
  return { events, sensor: null, dropped: found - events.t.length }
}

export const atisBin: RecordingFormat = {
  id: 'atis-bin',
  label: '5-byte ATIS events (.bin)',
  endings: ['.bin'],
  // Any bytes can be events; names and the folders they lie in tell.
  match: (head) => head.length >= eventLength,
  decode,
}
