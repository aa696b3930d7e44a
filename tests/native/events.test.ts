import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { emptyRecording, EventRoom } from '../../src-main/datasets/packed/eventRoom.ts'
import { packEvents } from '../../src-main/datasets/packed/eventWords.ts'
import { openPlainFile, openRecordingFile } from '../../src-main/datasets/packed/recordingFile.ts'
import { decodePlain } from '../../src-main/datasets/recordings/atisBin.ts'
import { countFrames, countPlain } from '../../src-main/encoding/events/countFrames.ts'
import { SparseFrames } from '../../src-main/encoding/sparseFrames.ts'
import { nativeEvents, type NativeEvents } from '../../src-main/native/events.ts'

const folder = mkdtempSync(join(tmpdir(), 'spikedesk-events-'))
afterAll(() => rmSync(folder, { recursive: true }))

function addon(): NativeEvents {
  const found = nativeEvents()
  if (!found) throw new Error('the addon does not load')
  return found
}

const native = addon()

/** Columns on a sensor of 12 × 9 pixels, some of them outside. */
const columns = fc
  .array(fc.tuple(fc.nat(0xffffffff), fc.nat(13), fc.nat(10), fc.nat(1)), { maxLength: 200 })
  .map((events) => ({
    t: Uint32Array.from(events, ([t]) => t),
    x: Uint16Array.from(events, ([, x]) => x),
    y: Uint16Array.from(events, ([, , y]) => y),
    p: Uint8Array.from(events, ([, , , p]) => p),
  }))

describe('recordings in C++', () => {
  it('decode 5-byte events as TypeScript does, with markers and without', () => {
    const events = fc.array(fc.tuple(fc.nat(255), fc.constantFrom(0, 7, 240), fc.nat(0xffffff)))
    fc.assert(
      fc.property(events, fc.boolean(), (list, markers) => {
        const bytes = Uint8Array.from(
          list.flatMap(([x, y, rest]) => [x, y, rest >> 16, (rest >> 8) & 255, rest & 255]),
        )
        const here = emptyRecording(list.length)
        const { t, x, y, p } = emptyRecording(list.length)
        const kept = decodePlain(bytes, markers, here)
        expect(native.decodeAtis(bytes, markers, t, x, y, p)).toBe(kept)
        for (const [found, wanted] of [
          [t, here.t],
          [x, here.x],
          [y, here.y],
          [p, here.p],
        ])
          expect(found.subarray(0, kept)).toEqual(wanted.subarray(0, kept))
      }),
    )
  })

  it('read packed events as TypeScript does', () => {
    const path = join(folder, 'packed')
    fc.assert(
      fc.property(columns, fc.nat(40), (events, offset) => {
        const words = new Uint32Array(2 * events.t.length)
        packEvents(events, words)
        writeFileSync(path, Buffer.concat([Buffer.alloc(offset), Buffer.from(words.buffer)]))
        const file = openRecordingFile(path)
        const plain = openPlainFile(path)
        const copy = emptyRecording(events.t.length)
        expect(file.read(offset, events.t.length)).toEqual(events)
        expect(file.read(offset, events.t.length, new EventRoom())).toEqual(events)
        expect(plain.fill(offset, copy)).toBe(true)
        expect(copy).toEqual(events)
        expect(plain.fill(offset + 1, emptyRecording(events.t.length + 1))).toBe(false)
        expect(() => file.read(offset + 1, events.t.length + 1)).toThrow('is damaged')
        file.close()
        plain.close()
      }),
      { numRuns: 30 },
    )
  })

  it('say why a file cannot be opened', () => {
    expect(() => openRecordingFile(join(folder, 'none'))).toThrow('it does not exist')
  })

  it('read many files at once, and leave those that are not as they were', () => {
    const sizes = [3, 0, 5000, 2, 1]
    const paths = sizes.map((_, i) => join(folder, `${i}.bin`))
    paths.forEach((path, i) => i !== 3 && writeFileSync(path, Buffer.alloc(5 * sizes[i], i + 1)))
    writeFileSync(paths[4], Buffer.alloc(6))
    for (const threads of [1, 3]) {
      const { t, x, y, p } = emptyRecording(5006)
      const kept = new Int32Array(5)
      native.readAtisFiles(paths, Uint32Array.from(sizes), true, threads, t, x, y, p, kept)
      expect([...kept]).toEqual([3, 0, 5000, -1, -1])
      expect([...x.subarray(0, 4)]).toEqual([1, 1, 1, 3])
      expect(x[5002]).toBe(3)
    }
  })

  it('are counted into frames as TypeScript does', () => {
    const slices = fc.array(fc.tuple(fc.nat(220), fc.nat(60)), { maxLength: 6 })
    const counting = fc.record({
      ...{ width: fc.constant(12), height: fc.constant(9) },
      ...{ apart: fc.boolean(), signed: fc.boolean(), binary: fc.boolean() },
    })
    fc.assert(
      fc.property(columns, slices, counting, fc.boolean(), (events, cuts, how, values) => {
        const count = events.t.length
        const from = Uint32Array.from(cuts, ([begin]) => Math.min(begin, count)).sort()
        const to = from.map((begin, i) => Math.min(begin + cuts[i][1], count)).sort()
        const [here, there] = [new SparseFrames(!values, 1, 1), new SparseFrames(!values, 1, 1)]
        for (let again = 0; again < 2; again++) {
          there.reserve(1000)
          expect(countFrames(events, { from, to }, how, here)).toEqual(
            countPlain(events, { from, to }, how, there),
          )
        }
        expect([here.steps, here.length]).toEqual([there.steps, there.length])
        expect(here.starts.subarray(0, here.steps + 1)).toEqual(there.starts.subarray(0, there.steps + 1))
        expect(here.places.subarray(0, here.length)).toEqual(there.places.subarray(0, there.length))
        expect(here.values?.subarray(0, here.length)).toEqual(there.values?.subarray(0, there.length))
      }),
    )
  })
})

describe('arguments of what reads recordings', () => {
  const { t, x, y, p } = emptyRecording(4)
  const few = new Uint8Array(3)
  const how = { width: 4, height: 4, apart: true, signed: false, binary: false }
  const frames = { starts: new Uint32Array(3), places: new Uint32Array(4), values: null }
  const count = (from: number[], to: number[], steps = 0, length = 0, sensor: object = how): void =>
    native.countFrames(
      ...([{ x, y, p }, Uint32Array.from(from), Uint32Array.from(to)] as const),
      ...([sensor as typeof how, frames, steps, length, new Uint32Array(3)] as const),
    )

  it.each([
    [
      'columns of several lengths',
      () => native.decodeAtis(new Uint8Array(20), true, t, x, y, few),
      'p must have 4',
    ],
    ['bytes of another length', () => native.decodeAtis(few, true, t, x, y, p), 'bytes must have 20'],
    ['a path with a zero', () => new native.EventFile('a\0b'), 'path must not hold a zero'],
    [
      'too little room',
      () => native.readAtisFiles(['a'], Uint32Array.of(5), true, 1, t, x, y, p, new Int32Array(1)),
      'no room',
    ],
    ['a slice behind the events', () => count([0], [5]), 'ends behind the events'],
    ['too many entries', () => count([0], [4], 0, 1), 'no room'],
    ['too many steps', () => count([0, 0], [0, 0], 1), 'no room'],
    ['no pixels', () => count([], [], 0, 0, { ...how, width: 0 }), '1 to 268435456 pixels'],
    ['half a pixel', () => count([], [], 0, 0, { ...how, width: 0.5 }), 'width must be a whole number'],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message)
  })
})
