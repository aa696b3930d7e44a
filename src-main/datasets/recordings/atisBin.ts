import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { ImportSettings } from '../../../src-shared/importFields.ts'
import { nativeEvents } from '../../native/events.ts'
import type { EventRecording } from '../dataset.ts'
import { emptyRecording, partOf } from '../packed/eventRoom.ts'
import type { DecodedRecording, RecordingFormat } from './recordingFormat.ts'
import { keepFirstSaccade, stabilise } from './saccades.ts'

/**
 * The 5-byte events of N-MNIST and N-Caltech101 (Orchard and others 2015): x, y, then polarity in the highest of
 * 24 bits and the time in the other 23, µs, big-endian. There is no header.
 */
export const eventLength = 5

/** tonic takes an event in this row for a marker: this much is added to the times after it. */
const markerRow = 240
const markerMicroseconds = 1 << 13

/** Every event as it stands. */
function readColumns(bytes: Uint8Array, { t, x, y, p }: EventRecording): void {
  for (let i = 0, at = 0; i < t.length; i++, at += eventLength) {
    const high = bytes[at + 2]
    x[i] = bytes[at]
    y[i] = bytes[at + 1]
    p[i] = high >>> 7
    t[i] = ((high & 0x7f) << 16) | (bytes[at + 3] << 8) | bytes[at + 4]
  }
}

/** Takes the markers out, in place; how many events are left. */
function applyMarkers({ t, x, y, p }: EventRecording): number {
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
  return kept
}

/** What the addon does, on any machine: fills columns of as many events as there are; how many of them are kept. */
export function decodePlain(bytes: Uint8Array, markers: boolean, columns: EventRecording): number {
  readColumns(bytes, columns)
  return markers && columns.y.includes(markerRow) ? applyMarkers(columns) : columns.t.length
}

function decodeColumns(bytes: Uint8Array, markers: boolean): EventRecording {
  const columns = emptyRecording(bytes.length / eventLength)
  const { t, x, y, p } = columns
  const kept = nativeEvents()?.decodeAtis(bytes, markers, t, x, y, p) ?? decodePlain(bytes, markers, columns)
  return partOf(columns, 0, kept)
}

/** Whether the markers of tonic's rule are taken out. */
export const takesMarkers = ({ rule }: ImportSettings): boolean => rule === 'tonic'

/** What the settings make of `found` events of a file that are left as `events`. */
export function settled(events: EventRecording, found: number, settings: ImportSettings): DecodedRecording {
  let left = events
  if (settings.firstSaccadeOnly) left = keepFirstSaccade(left)
  if (settings.stabilise) left = stabilise(left)
  return { events: left, sensor: null, dropped: found - left.t.length }
}

function decode(bytes: Uint8Array, file: string, settings: ImportSettings): DecodedRecording {
  if (bytes.length % eventLength !== 0) {
    const data = { file, found: bytes.length, wanted: eventLength }
    throw new SpikedeskError('recording.truncated', data)
  }
  return settled(decodeColumns(bytes, takesMarkers(settings)), bytes.length / eventLength, settings)
}

export const atisBin: RecordingFormat = {
  id: 'atis-bin',
  label: '5-byte ATIS events (.bin)',
  endings: ['.bin'],
  // Any bytes can be events; names and the folders they lie in tell.
  match: (head) => head.length >= eventLength,
  decode,
}
