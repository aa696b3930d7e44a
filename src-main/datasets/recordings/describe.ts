import { open, readFile } from 'node:fs/promises'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { ImportSettings } from '../../../src-shared/importFields.ts'
import { inspect } from '../importing/inspect.ts'
import { unreadable } from '../location.ts'
import { fileLimit } from '../trees/tree.ts'
import { recordingFormatOf, formatsNamed } from './index.ts'

/** What is known of a single recording. */
export interface RecordingFacts {
  path: string
  format: string
  /** `[W,H]` as the file says, else just large enough for its events. */
  sensor: [width: number, height: number]
  /** Whether the file says the sensor. */
  sensorKnown: boolean
  events: number
  /** Of each polarity. */
  on: number
  off: number
  /** Times of the first and last event, and between them, µs. */
  first: number
  last: number
  duration: number
  /** Events earlier than the one before them. */
  backwards: number
  /** Events that the settings leave away. */
  dropped: number
  bytesOnDisk: number
}

/** Whether a file is named like a recording and begins like one. Throws `dataset.unreadable`. */
export async function looksLikeRecording(path: string): Promise<boolean> {
  if (formatsNamed(path).length === 0) return false
  try {
    const handle = await open(path, 'r')
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0)
      return recordingFormatOf(path, buffer.subarray(0, bytesRead)) !== undefined
    } finally {
      await handle.close()
    }
  } catch (thrown) {
    throw unreadable(path, thrown)
  }
}

/** Reads a single recording and counts. Throws `recording.` codes, `dataset.fileTooLarge`, `dataset.unreadable`. */
export async function describeRecording(path: string, settings: ImportSettings): Promise<RecordingFacts> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (thrown) {
    throw unreadable(path, thrown)
  }
  if (bytes.length > fileLimit)
    throw new SpikedeskError('dataset.fileTooLarge', { file: path, found: bytes.length, limit: fileLimit })
  const format = recordingFormatOf(path, bytes.subarray(0, 4096))
  if (!format) throw new SpikedeskError('recording.empty', { file: path })
  const { events, sensor, dropped } = format.decode(bytes, path, settings)
  const count = events.t.length
  if (count === 0) throw new SpikedeskError('recording.empty', { file: path })
  const largest = (values: Uint16Array): number => values.reduce((most, value) => Math.max(most, value), 0)
  const on = events.p.reduce((sum, polarity) => sum + polarity, 0)
  const [first, last] = [events.t[0], events.t[count - 1]]
  return {
    path,
    format: format.label,
    sensor: sensor ?? [largest(events.x) + 1, largest(events.y) + 1],
    sensorKnown: sensor !== null,
    events: count,
    ...{ on, off: count - on, first, last, duration: last - first },
    backwards: inspect(events, null).backwards,
    ...{ dropped, bytesOnDisk: bytes.length },
  }
}
