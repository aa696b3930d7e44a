import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { importSettings } from '../../src-shared/importFields.ts'
import { recordingFormats } from '../../src-main/datasets/recordings/index.ts'
import {
  aedat2Bytes,
  aedat3Bytes,
  aedat4Bytes,
  atisBytes,
  csvEventBytes,
  datBytes,
  npyEventBytes,
  npzEventBytes,
  someEvents,
} from './recordingFiles.ts'

/** Whatever happens to the bytes of a recording: it decodes to whole events, or ends in one of our errors. */

const events = someEvents(24)
const files: [string, Buffer][] = [
  ['atis-bin', atisBytes(events)],
  ['dat', datBytes(events)],
  ['dat', datBytes(events, 'atis')],
  ['aedat2', aedat2Bytes(events)],
  ['aedat3', aedat3Bytes(events)],
  ['aedat4', aedat4Bytes(events, 0)],
  ['aedat4', aedat4Bytes(events, 1)],
  ['aedat4', aedat4Bytes(events, 3)],
  ['npy-events', npyEventBytes(events)],
  ['npz-events', npzEventBytes(events)],
  ['csv-events', csvEventBytes(events)],
]

function decodesOrSays(id: string, bytes: Uint8Array): void {
  const format = recordingFormats.find((candidate) => candidate.id === id)
  if (!format) throw new Error(`no format ${id}`)
  const before = process.memoryUsage().arrayBuffers
  try {
    const { t, x, y, p } = format.decode(bytes, 'the-file', importSettings()).events
    expect(new Set([t.length, x.length, y.length, p.length]).size).toBe(1)
    expect(p.every((polarity) => polarity <= 1)).toBe(true)
  } catch (thrown) {
    if (!(thrown instanceof SpikedeskError)) throw thrown
    expect(thrown.code).toMatch(/^(recording|array|archive)\./)
    expect(thrown.message).toContain('the-file')
    expect(thrown.message).not.toMatch(/\{\w+\}/)
  }
  // A collection in between only makes it less.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(bytes.length * 64 + (4 << 20))
}

describe.each(files.map(([id, bytes], i) => ({ id, bytes, name: `${id} ${i}` })))(
  '$name',
  ({ id, bytes }) => {
    it('survives every truncation', () => {
      for (let length = 1; length < bytes.length; length++) decodesOrSays(id, bytes.subarray(0, length))
    })

    it('survives every change of bits', () => {
      const flips = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 7 })), {
        minLength: 1,
        maxLength: 4,
      })
      fc.assert(
        fc.property(flips, (changes) => {
          const changed = Uint8Array.from(bytes)
          for (const [at, bit] of changes) changed[at % changed.length] ^= 1 << bit
          decodesOrSays(id, changed)
        }),
        { numRuns: 400 },
      )
    })

    it('survives any bytes behind its beginning', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), (tail, at) => {
          decodesOrSays(id, Buffer.concat([bytes.subarray(0, 1 + (at % bytes.length)), tail]))
        }),
        { numRuns: 200 },
      )
    })
  },
)
