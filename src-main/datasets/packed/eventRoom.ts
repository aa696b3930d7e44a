import type { EventRecording } from '../dataset.ts'

/** Columns of so many events, new. */
export function emptyRecording(events: number): EventRecording {
  return {
    t: new Uint32Array(events),
    x: new Uint16Array(events),
    y: new Uint16Array(events),
    p: new Uint8Array(events),
  }
}

/** Events `from` up to `to` of columns; nothing is copied. */
export function partOf({ t, x, y, p }: EventRecording, from: number, to: number): EventRecording {
  return {
    t: t.subarray(from, to),
    x: x.subarray(from, to),
    y: y.subarray(from, to),
    p: p.subarray(from, to),
  }
}

/** Columns that are used again for each recording: to make them anew costs as much as to read into them. */
export class EventRoom {
  #columns = emptyRecording(0)

  /** Columns of so many events, valid until the next call; what they hold is undefined. */
  take(events: number): EventRecording {
    if (this.#columns.t.length < events) this.#columns = emptyRecording(Math.ceil(1.25 * events))
    return partOf(this.#columns, 0, events)
  }
}
