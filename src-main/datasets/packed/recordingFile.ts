import { closeSync, openSync, readSync } from 'node:fs'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { EventRecording } from '../dataset.ts'
import { reasonOf } from '../location.ts'
import { eventBytes, unpackEvents } from './eventWords.ts'
import { packedDamaged } from './manifest.ts'

/** A packed file of events, open for reading; a thread opens its own. */
export interface RecordingFile {
  /** The recording of so many events that begins at a byte. Throws `dataset.packedDamaged`, `dataset.unreadable`. */
  read(offset: number, events: number): EventRecording
  close(): void
}

/** Opens a packed file of events whose places are known. Throws `dataset.unreadable`. */
export function openRecordingFile(path: string): RecordingFile {
  const unreadable = (thrown: unknown): SpikedeskError =>
    thrown instanceof SpikedeskError
      ? thrown
      : new SpikedeskError('dataset.unreadable', { path, reason: reasonOf(thrown) }, thrown)
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (thrown) {
    throw unreadable(thrown)
  }
  return {
    read(offset, events) {
      const words = new Uint32Array((eventBytes / 4) * events)
      try {
        if (readSync(file, words, 0, words.byteLength, offset) < words.byteLength) throw packedDamaged(path)
      } catch (thrown) {
        throw unreadable(thrown)
      }
      return unpackEvents(words)
    },
    close: () => closeSync(file),
  }
}
