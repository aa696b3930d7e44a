import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import type { EventDataset, EventRecording, EventSplit } from '../../../../src-main/datasets/dataset.ts'
import { EventSplitWriter } from '../../../../src-main/datasets/packed/eventSplitWriter.ts'
import { decodeIndex } from '../../../../src-main/datasets/packed/splitIndex.ts'

/** A recording of rows `[t, x, y, p]`. */
export function recordingOf(rows: readonly (readonly number[])[]): EventRecording {
  return {
    t: Uint32Array.from(rows, ([t]) => t),
    x: Uint16Array.from(rows, ([, x]) => x),
    y: Uint16Array.from(rows, ([, , y]) => y),
    p: Uint8Array.from(rows, ([, , , p]) => p),
  }
}

/** Events of 5 bytes: x, y, polarity and the upper 7 bits of the time, then its lower 16 bits. */
export function readAtis(bytes: Uint8Array): EventRecording {
  const rows = Array.from({ length: bytes.length / 5 }, (_, i) => {
    const [x, y, high, middle, low] = bytes.subarray(5 * i)
    return [((high & 0x7f) << 16) | (middle << 8) | low, x, y, high >> 7]
  })
  return recordingOf(rows)
}

/** Any recording on a sensor of at most `width` × `height`, in the order of time, also empty or of one time. */
export function recordings(width: number, height: number, most = 200): fc.Arbitrary<EventRecording> {
  const event = fc.tuple(
    fc.integer({ min: 0, max: 5000 }),
    fc.integer({ min: 0, max: width - 1 }),
    fc.integer({ min: 0, max: height - 1 }),
    fc.integer({ min: 0, max: 1 }),
  )
  return fc
    .array(event, { maxLength: most })
    .map((rows) => recordingOf(rows.toSorted(([first], [second]) => first - second)))
}

/** Recordings whose class is the row that most events lie in, the same for the same place. */
function split(count: number, size: number, events: number): EventSplit {
  const labels = Uint8Array.from({ length: count }, (_, i) => (i * 7) % 4)
  return {
    count,
    labels,
    eventCounts: new Uint32Array(count).fill(events),
    durations: new Uint32Array(count).fill(100 * events),
    packed: { path: '', offsets: new Float64Array(count) },
    recording(index) {
      let state = index * 7919 + 17
      const draw = (below: number) => {
        state = (Math.imul(state, 1103515245) + 12345) >>> 0
        return (state >>> 8) % below
      }
      const rows = Array.from({ length: events }, (_, i) => [
        i * 100 + draw(100),
        draw(size),
        draw(4) === 0 ? draw(size) : labels[index],
        draw(2),
      ])
      return recordingOf(rows)
    },
  }
}

/** A set of event recordings of four classes on a sensor of 6 × 6 pixels. */
export function eventRows(train = 60, test = 20, events = 120): EventDataset {
  return {
    kind: 'events',
    id: 'event-rows',
    name: 'Event rows',
    format: 'test',
    path: null,
    origin: '',
    licence: '',
    shape: [2, 6, 6],
    classes: ['a', 'b', 'c', 'd'],
    train: split(train, 6, events),
    test: split(test, 6, events),
    checksum: 'event-rows',
    known: null,
    bytesOnDisk: 0,
    simulated: true,
  }
}

/** The same set with its recordings packed in files of a folder, so that threads can read them. */
export function packedEventRows(folder: string, rows = eventRows()): EventDataset {
  const pack = (split: 'train' | 'test'): EventSplit => {
    const writer = new EventSplitWriter(folder, split)
    const { count, labels } = rows[split]
    for (let i = 0; i < count; i++) {
      writer.add(String(i).padStart(6, '0'), labels[i], rows[split].recording(i))
    }
    writer.finish()
    const index = decodeIndex(readFileSync(join(folder, `${split}.index`)))
    if (!index) throw new Error('the index cannot be read')
    return { ...rows[split], packed: { path: join(folder, `${split}.events`), offsets: index.offsets } }
  }
  return { ...rows, train: pack('train'), test: pack('test') }
}
