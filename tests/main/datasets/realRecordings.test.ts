import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { importSettings } from '../../../src-shared/importFields.ts'
import { FlatTable } from '../../../src-main/datasets/recordings/flatbuffer.ts'
import { unpackLz4 } from '../../../src-main/datasets/recordings/lz4.ts'
import { recordingFormatOf } from '../../../src-main/datasets/recordings/index.ts'

/**
 * Real recordings that are too large for the repository. SPIKEDESK_EVENTS names a folder with `sample_nmnist.bin`
 * and the others of tonic's tests; without it these are skipped.
 */
const folder = process.env.SPIKEDESK_EVENTS

function decoded(name: string) {
  const bytes = readFileSync(join(folder ?? '', name))
  const format = recordingFormatOf(name, bytes.subarray(0, 4096))
  if (!format) throw new Error(`nothing reads ${name}`)
  const { events, sensor } = format.decode(bytes, name, importSettings())
  const at = (i: number): number[] => [events.x[i], events.y[i], events.t[i], events.p[i]]
  return { bytes, events, sensor, at, on: events.p.reduce((sum, p) => sum + p, 0) }
}

/** Sum of the elements of stream 0 over the packets that the table at the end of an AEDAT 4 file lists. */
function tableTotal(bytes: Buffer): number {
  const header = FlatTable.root(bytes.subarray(14, 18 + bytes.readUInt32LE(14)), 'IOHE')
  const packed = bytes.subarray(header?.int64(1, -1))
  const table = Buffer.from(unpackLz4(packed, 1 << 20) ?? [])
  const list = FlatTable.root(table, 'FTAB')?.vector(0, 4) ?? { at: 0, count: 0 }
  let total = 0
  for (let i = 0; i < list.count; i++) {
    const at = list.at + 4 * i + table.readUInt32LE(list.at + 4 * i)
    const fields = at - table.readInt32LE(at)
    const stream = table.readInt32LE(at + table.readUInt16LE(fields + 6))
    if (stream === 0) total += Number(table.readBigInt64LE(at + table.readUInt16LE(fields + 8)))
  }
  return total
}

describe.skipIf(folder === undefined)('real recordings (SPIKEDESK_EVENTS names their folder)', () => {
  it('of N-MNIST', () => {
    const { events, at, on } = decoded('sample_nmnist.bin')
    expect(events.t).toHaveLength(4325)
    expect([at(0), at(1), events.t[4324], on]).toEqual([[7, 15, 654, 1], [19, 18, 2999, 0], 311_175, 2145])
    const bins = new Array<number>(26).fill(0)
    for (const t of events.t) bins[Math.floor((t - 654) / 12_420)]++
    expect(bins.slice(0, 10)).toEqual([25, 82, 206, 326, 348, 270, 88, 24, 76, 106])
  })

  it('of N-CARS', () => {
    const { events } = decoded('sample_ncars.dat')
    expect(events.t).toHaveLength(2009)
    expect([Math.max(...events.x), Math.max(...events.y), events.t[2008]]).toEqual([77, 41, 99_952])
  })

  it('of AEDAT 4, as many events as the table at the end of the file counts', () => {
    const { bytes, events, sensor } = decoded('sample.aedat4')
    expect(sensor).toEqual([320, 240])
    expect(events.t).toHaveLength(111_954)
    expect(events.t.every((t, i) => i === 0 || t >= events.t[i - 1])).toBe(true)
    expect(tableTotal(bytes)).toBe(111_954)
  })
})
