import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EventDataset, EventRecording, EventSplit } from '../../../src-main/datasets/dataset.ts'
import { EventSplitWriter } from '../../../src-main/datasets/packed/eventSplitWriter.ts'
import { openRecordingFile } from '../../../src-main/datasets/packed/recordingFile.ts'
import { decodeIndex } from '../../../src-main/datasets/packed/splitIndex.ts'

/** A recording like those of N-MNIST: some 4,000 events of a blob that moves in three saccades over 310 ms. */
export function makeRecording(seed: number, events = 4000): EventRecording {
  let state = (seed * 2654435761 + 1) >>> 0
  const draw = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 0x100000000
  }
  const t = Uint32Array.from({ length: events }, () => Math.floor(310000 * draw())).sort()
  const coordinate = (time: number, phase: number): number =>
    Math.floor(10 + 4 * Math.sin(time / 50000 + phase) + 12 * draw() + (seed % 5))
  return {
    t,
    x: Uint16Array.from(t, (time) => coordinate(time, 0)),
    y: Uint16Array.from(t, (time) => coordinate(time, 2)),
    p: Uint8Array.from(t, () => (draw() < 0.5 ? 0 : 1)),
  }
}

/** A split of `count` recordings over `different` ones that lie in the file, so that the index is of full size. */
function writeSplit(folder: string, split: string, count: number, different: number): EventSplit {
  const writer = new EventSplitWriter(folder, split)
  for (let i = 0; i < different; i++) writer.add(String(i).padStart(6, '0'), i % 10, makeRecording(i))
  writer.finish()
  const index = decodeIndex(readFileSync(join(folder, `${split}.index`)))
  if (!index) throw new Error('the index cannot be read')
  const path = join(folder, `${split}.events`)
  const file = openRecordingFile(path)
  const repeated = <Numbers extends Uint8Array | Uint32Array | Float64Array>(
    from: Numbers,
    to: Numbers,
  ): Numbers => to.map((_, i) => from[i % different]) as Numbers
  const offsets = repeated(index.offsets, new Float64Array(count))
  const eventCounts = repeated(index.eventCounts, new Uint32Array(count))
  return {
    count,
    labels: repeated(index.labels, new Uint8Array(count)),
    eventCounts,
    durations: repeated(index.durations, new Uint32Array(count)),
    recording: (at) => file.read(offsets[at], eventCounts[at]),
    packed: { path, offsets },
  }
}

/** A set of event recordings on a sensor of 34 × 34 pixels, packed in a folder. */
export function writeRecordings(folder: string, train: number, test: number, different = 500): EventDataset {
  mkdirSync(folder, { recursive: true })
  return {
    ...{ kind: 'events', id: 'bench', name: 'Bench', format: 'bench', path: null, origin: '', licence: '' },
    ...{ shape: [2, 34, 34], checksum: '', known: null, bytesOnDisk: 0, simulated: true },
    classes: Array.from({ length: 10 }, (_, i) => String(i)),
    train: writeSplit(folder, 'train', train, different),
    test: writeSplit(folder, 'test', test, Math.min(test, different)),
  }
}
