import { closeSync, openSync, readSync } from 'node:fs'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { reasonOf } from '../../../src-shared/errors/reason.ts'
import { nativeEvents } from '../../native/events.ts'
import type { EventRecording } from '../dataset.ts'
import { emptyRecording, type EventRoom } from './eventRoom.ts'
import { eventBytes, unpackEvents } from './eventWords.ts'
import { packedDamaged } from './manifest.ts'

/** A packed file of events, open for reading; a thread opens its own. */
export interface RecordingFile {
  /**
   * The recording of so many events that begins at a byte; in columns of `room` where one is given. Throws
   * `dataset.packedDamaged`, `dataset.unreadable`.
   */
  read(offset: number, events: number, room?: EventRoom): EventRecording
  close(): void
}

/** Fills columns with the events at a byte; false where the file ends before them. */
type Fill = (offset: number, columns: EventRecording) => boolean

/** What the addon does, on any machine. Throws what the system reports. */
export function openPlainFile(path: string): { fill: Fill; close: () => void } {
  const file = openSync(path, 'r')
  return {
    fill(offset, columns) {
      const words = new Uint32Array((eventBytes / 4) * columns.t.length)
      if (readSync(file, words, 0, words.byteLength, offset) < words.byteLength) return false
      unpackEvents(words, columns)
      return true
    },
    close: () => closeSync(file),
  }
}

/** Null where there is no addon, or it cannot open the file: Node then says why. */
function openNativeFile(path: string): ReturnType<typeof openPlainFile> | null {
  const native = nativeEvents()
  if (!native) return null
  try {
    const file = new native.EventFile(path)
    return {
      fill: (offset, { t, x, y, p }) => file.read(offset, t, x, y, p),
      close: () => file.close(),
    }
  } catch {
    return null
  }
}

/** Opens a packed file of events whose places are known. Throws `dataset.unreadable`. */
export function openRecordingFile(path: string): RecordingFile {
  const unreadable = (thrown: unknown): SpikedeskError =>
    new SpikedeskError('dataset.unreadable', { path, reason: reasonOf(thrown) }, thrown)
  let file: ReturnType<typeof openPlainFile>
  try {
    file = openNativeFile(path) ?? openPlainFile(path)
  } catch (thrown) {
    throw unreadable(thrown)
  }
  return {
    read(offset, events, room) {
      const columns = room ? room.take(events) : emptyRecording(events)
      let whole: boolean
      try {
        whole = file.fill(offset, columns)
      } catch (thrown) {
        throw unreadable(thrown)
      }
      if (!whole) throw packedDamaged(path)
      return columns
    },
    close: () => file.close(),
  }
}
