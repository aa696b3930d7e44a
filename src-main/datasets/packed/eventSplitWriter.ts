import { join } from 'node:path'
import type { EventRecording } from '../dataset.ts'
import { eventBytes, packEvents } from './eventWords.ts'
import { GrowingFile, type FileSeal } from './growingFile.ts'
import { encodeIndex, type SplitIndex } from './splitIndex.ts'

/** A file of events: `SPKDEVTS`, version (u32), zero (u32), then the events of all recordings, see `eventWords.ts`. */
export const eventsMagic = 'SPKDEVTS'
export const eventsVersion = 1
export const eventsHeadBytes = 16

function fileHead(): Uint8Array {
  const head = Buffer.alloc(eventsHeadBytes)
  head.write(eventsMagic, 'latin1')
  head.writeUInt32LE(eventsVersion, 8)
  return head
}

interface Entry {
  /** What the recordings of the split are sorted by. */
  name: string
  offset: number
  events: number
  duration: number
  label: number
}

/** Writes the recordings of one split as they come; the index lists them by name, whatever order they came in. */
export class EventSplitWriter {
  readonly #folder: string
  readonly #split: string
  readonly #file: GrowingFile
  readonly #entries: Entry[] = []
  #words = new Uint32Array(0)

  constructor(folder: string, split: string) {
    this.#folder = folder
    this.#split = split
    this.#file = new GrowingFile(join(folder, `${split}.events`))
    this.#file.append(fileHead())
  }

  /** Packed bytes of the recording that was added last; valid until the next one. */
  get lastBytes(): Uint8Array {
    const { events } = this.#entries[this.#entries.length - 1]
    return new Uint8Array(this.#words.buffer, 0, events * eventBytes)
  }

  add(name: string, label: number, recording: EventRecording): void {
    const events = recording.t.length
    if (this.#words.length < 2 * events) this.#words = new Uint32Array(Math.ceil(2.5 * events))
    packEvents(recording, this.#words)
    const duration = events > 0 ? recording.t[events - 1] - recording.t[0] : 0
    this.#entries.push({ name, offset: this.#file.length, events, duration, label })
    this.#file.append(this.lastBytes)
  }

  /** Finishes both files of the split; their names and seals. Throws what the system reports. */
  finish(): Record<string, FileSeal> {
    // Names compare by code units, so that every machine sorts alike.
    const entries = this.#entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    const index: SplitIndex = {
      offsets: Float64Array.from(entries, ({ offset }) => offset),
      eventCounts: Uint32Array.from(entries, ({ events }) => events),
      durations: Uint32Array.from(entries, ({ duration }) => duration),
      labels: Uint8Array.from(entries, ({ label }) => label),
    }
    const indexFile = new GrowingFile(join(this.#folder, `${this.#split}.index`))
    try {
      indexFile.append(encodeIndex(index))
      return { [`${this.#split}.events`]: this.#file.finish(), [`${this.#split}.index`]: indexFile.finish() }
    } finally {
      indexFile.close()
    }
  }

  /** Closes a split that will not be finished. */
  close(): void {
    this.#file.close()
  }
}
