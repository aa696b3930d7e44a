import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyRecording } from '../../src-main/datasets/packed/eventRoom.ts'
import { packEvents } from '../../src-main/datasets/packed/eventWords.ts'
import { openRecordingFile } from '../../src-main/datasets/packed/recordingFile.ts'
import { countFrames } from '../../src-main/encoding/events/countFrames.ts'
import { SparseFrames } from '../../src-main/encoding/sparseFrames.ts'
import { nativeEvents } from '../../src-main/native/events.ts'
import { uniformStream } from '../random/uniformStream.ts'

const sensor = { width: 12, height: 9 }

/** Events on the sensor, some of them outside. */
function noiseEvents(count: number, next: () => number) {
  const below = (limit: number) => () => Math.floor(next() * limit)
  return {
    t: Uint32Array.from({ length: count }, below(2 ** 32)).sort(),
    x: Uint16Array.from({ length: count }, below(14)),
    y: Uint16Array.from({ length: count }, below(11)),
    p: Uint8Array.from({ length: count }, below(2)),
  }
}

function countInEveryWay(events: ReturnType<typeof noiseEvents>): void {
  const ends = Uint32Array.of(0, events.t.length >> 1, events.t.length)
  for (let way = 0; way < 16; way++) {
    const how = { ...sensor, apart: (way & 1) > 0, signed: (way & 2) > 0, binary: (way & 4) > 0 }
    const frames = new SparseFrames((way & 8) > 0, 1, 1)
    for (let again = 0; again < 3; again++)
      countFrames(events, { from: ends.subarray(0, 2), to: ends.subarray(1) }, how, frames)
  }
}

/**
 * Recordings through everything that C++ does with them: decoded, read from packed and plain files by one and more
 * threads, also from files that are not as they were, and counted into frames.
 *
 * @returns how many were read
 */
export function runRecordings(): number {
  const native = nativeEvents()
  if (!native) throw new Error('the addon does not load')
  const folder = mkdtempSync(join(tmpdir(), 'spikedesk-sanitize-'))
  const next = uniformStream(5)
  const sizes = [0, 1, 3, 500, 4097]
  const plain = sizes.map((_, i) => join(folder, `${i}.bin`))
  sizes.forEach((size, i) => {
    const events = noiseEvents(size, next)
    const bytes = Uint8Array.from({ length: 5 * size }, () => Math.floor(next() * 256))
    for (const markers of [false, true]) {
      const { t, x, y, p } = emptyRecording(size)
      native.decodeAtis(bytes, markers, t, x, y, p)
    }
    // One of the files is shorter than was known.
    writeFileSync(plain[i], i === 3 ? bytes.subarray(7) : bytes)
    const words = new Uint32Array(2 * size)
    packEvents(events, words)
    const packed = join(folder, `${i}.packed`)
    writeFileSync(packed, Buffer.concat([Buffer.alloc(3), Buffer.from(words.buffer)]))
    const file = openRecordingFile(packed)
    file.read(3, size)
    file.close()
    countInEveryWay(events)
  })
  for (const threads of [1, 3]) {
    const { t, x, y, p } = emptyRecording(sizes.reduce((sum, size) => sum + size, 0))
    const kept = new Int32Array(sizes.length)
    native.readAtisFiles(plain, Uint32Array.from(sizes), true, threads, t, x, y, p, kept)
  }
  rmSync(folder, { recursive: true })
  return sizes.length
}
