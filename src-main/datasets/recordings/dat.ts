import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { EventRecording } from '../dataset.ts'
import type { DecodedRecording, RecordingFormat } from './recordingFormat.ts'
import { beginsWith, headerLength, headerText } from './textHeader.ts'

/**
 * The `.dat` files of Prophesee (N-CARS) and of older ATIS cameras (NavGesture): lines that begin with `%`, a byte
 * for the type of the events and one for their size, then for each event its time in µs and a word with its
 * address, little-endian. The two place the address differently.
 */
const eventLength = 8
/** Change detection, by its old and its new number. */
const eventTypes = [0x00, 0x0c]

interface AddressLayout {
  xBits: number
  yAt: number
  yBits: number
  pAt: number
}

const layouts = {
  prophesee: { xBits: 14, yAt: 14, yBits: 14, pAt: 28 },
  atis: { xBits: 9, yAt: 9, yBits: 8, pAt: 17 },
} as const satisfies Record<string, AddressLayout>

/** Older files use the lowest 18 bits only. So many events are looked at. */
const probedEvents = 4096

function layoutOf(header: string, view: DataView, begin: number, count: number): AddressLayout {
  if (/^%\s*Version\s+[2-9]/im.test(header)) return layouts.prophesee
  for (let i = 0; i < Math.min(count, probedEvents); i++) {
    if (view.getUint32(begin + i * eventLength + 4, true) >>> 18 !== 0) return layouts.prophesee
  }
  return layouts.atis
}

function decodeWords(view: DataView, begin: number, count: number, layout: AddressLayout): EventRecording {
  const { xBits, yAt, yBits, pAt } = layout
  const [xMask, yMask] = [(1 << xBits) - 1, (1 << yBits) - 1]
  const t = new Uint32Array(count)
  const x = new Uint16Array(count)
  const y = new Uint16Array(count)
  const p = new Uint8Array(count)
  for (let i = 0, at = begin; i < count; i++, at += eventLength) {
    const word = view.getUint32(at + 4, true)
    t[i] = view.getUint32(at, true)
    x[i] = word & xMask
    y[i] = (word >>> yAt) & yMask
    p[i] = (word >>> pAt) & 1
  }
  return { t, x, y, p }
}

function decode(bytes: Uint8Array, file: string): DecodedRecording {
  const header = headerLength(bytes, '%', file)
  if (!eventTypes.includes(bytes[header]) || bytes[header + 1] !== eventLength)
    throw new SpikedeskError('recording.damaged', { file, detail: { phrase: 'detail.headerValues' } })
  const begin = header + 2
  const length = bytes.length - begin
  if (length % eventLength !== 0)
    throw new SpikedeskError('recording.truncated', { file, found: length, wanted: eventLength })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const text = headerText(bytes, header)
  const count = length / eventLength
  const named = (name: string): number =>
    Number(new RegExp(`^%\\s*${name}\\s+(\\d+)`, 'im').exec(text)?.[1] ?? 0)
  const [width, height] = [named('Width'), named('Height')]
  return {
    events: decodeWords(view, begin, count, layoutOf(text, view, begin, count)),
    sensor: width > 0 && height > 0 ? [width, height] : null,
    dropped: 0,
  }
}

export const dat: RecordingFormat = {
  id: 'dat',
  label: 'Prophesee and ATIS events (.dat)',
  endings: ['.dat'],
  match: (head) => beginsWith(head, '%'),
  decode,
}
