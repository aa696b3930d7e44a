import { describe, expect, it } from 'vitest'
import { importSettings } from '../../../src-shared/importFields.ts'
import { recordingFormatOf } from '../../../src-main/datasets/recordings/index.ts'
import {
  aedat2Bytes,
  aedat3Bytes,
  aedat4Bytes,
  atisBytes,
  csvEventBytes,
  datBytes,
  npyBytes,
  npyEventBytes,
  npzEventBytes,
  someEvents,
  type TestEvent,
} from '../../corpus/recordingFiles.ts'

const settings = importSettings()

function decode(name: string, bytes: Uint8Array, values: object = {}) {
  const format = recordingFormatOf(name, bytes.subarray(0, 4096))
  if (!format) throw new Error(`nothing reads ${name}`)
  return format.decode(bytes, name, { ...settings, ...values })
}

function eventsOf(name: string, bytes: Uint8Array, values: object = {}): TestEvent[] {
  const { t, x, y, p } = decode(name, bytes, values).events
  return Array.from(t, (time, i) => ({ x: x[i], y: y[i], t: time, p: p[i] }))
}

/** From the first event on, as clocks that began long ago are set. */
function fromFirst(events: readonly TestEvent[]): TestEvent[] {
  return events.map((event) => ({ ...event, t: event.t - events[0].t }))
}

const events = someEvents(21)

describe('recordings', () => {
  it('of 5-byte events decode as their table says', () => {
    expect(eventsOf('a.bin', Buffer.of(7, 15, 128, 2, 142))).toEqual([{ x: 7, y: 15, t: 654, p: 1 }])
    expect(eventsOf('a.bin', atisBytes(events))).toEqual(events)
  })

  it('take markers as tonic does or as spikingjelly does', () => {
    const marked = [events[0], { x: 0, y: 240, t: 700, p: 0 }, { x: 1, y: 2, t: 10, p: 1 }]
    expect(eventsOf('a.bin', atisBytes(marked))).toEqual([events[0], { x: 1, y: 2, t: 10 + 8192, p: 1 }])
    expect(decode('a.bin', atisBytes(marked)).dropped).toBe(1)
    expect(eventsOf('a.bin', atisBytes(marked), { rule: 'spikingjelly' })).toEqual(marked)
  })

  it('stabilise and end after the first saccade as tonic does', () => {
    const at = (t: number): TestEvent => ({ x: 10, y: 10, t, p: 1 })
    const moved = eventsOf('a.bin', atisBytes([at(0), at(105_000), at(210_000), at(315_000)]), {
      stabilise: true,
    })
    expect(moved.map(({ x, y }) => [x, y])).toEqual([
      [14, 12],
      [10, 5],
      [7, 12],
      [14, 12],
    ])
    const edge = decode('a.bin', atisBytes([{ x: 31, y: 0, t: 0, p: 0 }]), { stabilise: true })
    expect([edge.events.t.length, edge.dropped]).toEqual([0, 1])
    const late = [at(99_999), at(100_000)]
    expect(eventsOf('a.bin', atisBytes(late), { firstSaccadeOnly: true })).toEqual([at(99_999)])
  })

  it.each(['prophesee', 'atis'] as const)('of .dat files decode with the addresses of %s', (layout) => {
    expect(eventsOf('a.dat', datBytes(events, layout))).toEqual(events)
  })

  it('of AEDAT 2.0 are turned as spikingjelly turns them, or not', () => {
    expect(eventsOf('a.aedat', aedat2Bytes(events))).toEqual(fromFirst(events))
    const turned = fromFirst(events).map(({ x, y, t, p }) => ({ x: 127 - y, y: 127 - x, t, p: 1 - p }))
    expect(eventsOf('a.aedat', aedat2Bytes(events), { rule: 'spikingjelly' })).toEqual(turned)
    expect(decode('a.aedat', aedat2Bytes(events)).sensor).toEqual([128, 128])
  })

  it('of AEDAT 3.1 pass over other packets and count the overflows', () => {
    expect(eventsOf('a.aedat', aedat3Bytes(events))).toEqual(fromFirst(events))
    expect(eventsOf('a.aedat', aedat3Bytes(events, 3))).toEqual(fromFirst(events))
  })

  it.each([0, 1, 3] as const)('of AEDAT 4 with compression %d', (compression) => {
    expect(eventsOf('a.aedat4', aedat4Bytes(events, compression))).toEqual(fromFirst(events))
    expect(decode('a.aedat4', aedat4Bytes(events, compression)).sensor).toEqual([32, 24])
    const equal = new Array<TestEvent>(40).fill(events[3])
    expect(eventsOf('a.aedat4', aedat4Bytes(equal, compression))).toEqual(
      equal.map((event) => ({ ...event, t: 0 })),
    )
  })

  it('of NumPy arrays: structured, in rows, and by name', () => {
    expect(eventsOf('a.npy', npyEventBytes(events))).toEqual(events)
    expect(eventsOf('a.npz', npzEventBytes(events))).toEqual(events)
    const rows = Buffer.from(
      Float64Array.from(events.flatMap(({ x, y, t, p }) => [x, y, p, t / 1000])).buffer,
    )
    const bytes = npyBytes('<f8', [events.length, 4], rows)
    expect(eventsOf('a.npy', bytes, { columns: 'xypt', timeUnit: 'ms' })).toEqual(events)
  })

  it('of text, with a header that names the columns and without', () => {
    expect(eventsOf('a.csv', csvEventBytes(events))).toEqual(events)
    const plain = events.map(({ x, y, t, p }) => `${t} ${x} ${y} ${p === 1 ? 1 : -1}`).join('\n')
    expect(eventsOf('a.csv', Buffer.from(plain))).toEqual(events)
  })
})

describe('what a recording does not hold', () => {
  const bad: [string, string, Uint8Array, string][] = [
    [
      'a part of an event',
      'a.bin',
      Buffer.alloc(7),
      'a.bin ends in the middle of an event: 7 bytes are no multiple',
    ],
    ['a part of a word', 'a.dat', datBytes(events).subarray(0, 70), 'a.dat ends in the middle of an event'],
    ['another size of events', 'a.dat', Buffer.from('% Version 2\n\0\x0c'), 'its header says what cannot be'],
    [
      'an endless header',
      'a.aedat',
      Buffer.from('#!AER-DAT2.0'),
      'a.aedat is damaged: its header does not end',
    ],
    ['half a packet', 'a.aedat', aedat3Bytes(events).subarray(0, 150), 'its packet at byte 61 does not fit'],
    [
      'a file cut short',
      'a.aedat4',
      aedat4Bytes(events).subarray(0, -9),
      'a.aedat4 is damaged: its packet at byte',
    ],
    [
      'too few values',
      'a.npy',
      npyEventBytes(events).subarray(0, 200),
      'a.npy is no whole NumPy array: it ends too early',
    ],
    [
      'texts',
      'a.npy',
      npyBytes('<U7', [1], Buffer.alloc(28)),
      'a.npy holds values of the type <U7; wanted are integers or floats',
    ],
    [
      'two columns',
      'a.npy',
      npyBytes('<i4', [2, 2], Buffer.alloc(16)),
      'a.npy holds an array of the shape [2, 2]',
    ],
    [
      'words',
      'a.csv',
      Buffer.from('t,x,y,p\n1,2,3,1\none,2,3,1'),
      'a.csv: line 3 is "one,2,3,1"; wanted are the time, x, y',
    ],
    [
      'half a pixel',
      'a.csv',
      Buffer.from('1,2.5,3,1'),
      'a.csv: event 0 has the x 2.5; wanted are whole numbers from 0 to 65535',
    ],
    ['two hours', 'a.csv', Buffer.from('0,1,1,1\n7200000000,1,1,1'), 'a.csv lasts 7200 seconds'],
  ]
  it.each(bad)('%s is said in one sentence', (_what, name, bytes, sentence) => {
    expect(() => decode(name, bytes)).toThrow(sentence)
  })
})
