import { SpikedeskError } from './errors/index.ts'

/**
 * Byte layout of messages that hold typed arrays. Little-endian throughout.
 *
 * A whole message: `"SK"`, version (1 byte), kind 1 (1 byte), header length (u32), header (ASCII JSON), then the
 * arrays in the order in which the header lists them, each starting at a multiple of 8 bytes from the frame's
 * start. The header is `{ message, arrays: [path, type, length][], numbers: [path, name][] }`: the message with
 * null where an array or a number that JSON lacks belongs, and where those go.
 *
 * A part of a message longer than `maxFrameBytes`: `"SK"`, version, kind 2, offset (u32), total (u32), bytes.
 * Parts follow one another in order; other messages do not come between them.
 */

/** No frame is longer; longer messages go in parts. A message from the page must fit in one. */
export const maxFrameBytes = 1 << 20
/** The longest message that is put together from parts. */
export const maxMessageBytes = 1 << 28

const version = 1
const wholeKind = 1
const partKind = 2
const wholeStart = 8
const partStart = 12
const alignment = 8

const arrayTypes = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
} as const
type ArrayType = keyof typeof arrayTypes

const lostNumbers = { NaN, Infinity, '-Infinity': -Infinity, '-0': -0 } as const
type LostNumber = keyof typeof lostNumbers

type Path = (string | number)[]
interface Header {
  message: unknown
  arrays: [path: Path, type: ArrayType, length: number][]
  numbers: [path: Path, name: LostNumber][]
}

function unreadable(frame: Uint8Array, detail: string): SpikedeskError {
  return new SpikedeskError('message.unreadable', { bytes: frame.length, detail })
}

function aligned(offset: number): number {
  return Math.ceil(offset / alignment) * alignment
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function lostName(value: number): LostNumber | null {
  if (Object.is(value, -0)) return '-0'
  return Number.isFinite(value) ? null : (String(value) as LostNumber)
}

/** Takes arrays and numbers that JSON lacks out of `value`, noting where each belongs. */
function extract(value: unknown, path: Path, header: Header, arrays: Uint8Array[]): unknown {
  if (typeof value === 'number') {
    const name = lostName(value)
    if (name === null) return value
    header.numbers.push([path, name])
    return null
  }
  if (ArrayBuffer.isView(value)) {
    const array = value as Uint8Array
    const type = array[Symbol.toStringTag] as string
    if (!(type in arrayTypes)) throw new TypeError(`A message cannot hold a ${type}.`)
    header.arrays.push([path, type as ArrayType, array.length])
    arrays.push(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
    return null
  }
  if (Array.isArray(value)) return value.map((item, i) => extract(item, [...path, i], header, arrays))
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, extract(item, [...path, key], header, arrays)]),
    )
  }
  return value
}

/** JSON in ASCII, so that its length in bytes is its length. */
function asciiJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/**
 * Packs a message of plain objects, arrays, strings, numbers, booleans, null and typed arrays. As in JSON,
 * members that are undefined are left out.
 */
export function packMessage(message: unknown): Uint8Array {
  const header: Header = { message: null, arrays: [], numbers: [] }
  const arrays: Uint8Array[] = []
  header.message = extract(message, [], header, arrays)
  const text = asciiJson(header)
  let end = wholeStart + text.length
  const starts = arrays.map((array) => {
    const start = aligned(end)
    end = start + array.length
    return start
  })
  const frame = new Uint8Array(end)
  frame.set([0x53, 0x4b, version, wholeKind])
  view(frame).setUint32(4, text.length, true)
  for (let i = 0; i < text.length; i++) frame[wholeStart + i] = text.charCodeAt(i)
  arrays.forEach((array, i) => frame.set(array, starts[i]))
  return frame
}

/** Checks the first bytes and that at least `least` bytes are there. */
function checkStart(frame: Uint8Array, kind: number, least: number): void {
  if (frame.length < least) throw unreadable(frame, 'it is shorter than a frame can be')
  if (frame[0] !== 0x53 || frame[1] !== 0x4b) throw unreadable(frame, 'it does not begin as a frame does')
  if (frame[2] !== version) throw unreadable(frame, `its version is ${frame[2]}, not ${version}`)
  if (frame[3] !== kind) throw unreadable(frame, `its kind is ${frame[3]}, not ${kind}`)
}

function parseHeader(frame: Uint8Array): { header: Header; end: number } {
  checkStart(frame, wholeKind, wholeStart)
  const end = wholeStart + view(frame).getUint32(4, true)
  if (end > frame.length) throw unreadable(frame, 'its header is longer than itself')
  let text = ''
  for (let from = wholeStart; from < end; from += 8192) {
    text += String.fromCharCode(...frame.subarray(from, Math.min(from + 8192, end)))
  }
  try {
    return { header: JSON.parse(text) as Header, end }
  } catch {
    throw unreadable(frame, 'its header is not JSON')
  }
}

function isPath(value: unknown): value is Path {
  return (
    Array.isArray(value) &&
    value.every((key) => typeof key === 'string' || (Number.isInteger(key) && (key as number) >= 0))
  )
}

/** Puts `value` where the header has null at `path`; false where there is no such place. */
function place(header: Header, path: unknown, value: unknown): boolean {
  if (!isPath(path)) return false
  let holder: object = header
  let key: string | number = 'message'
  for (const next of path) {
    const inner: unknown = Object.getOwnPropertyDescriptor(holder, key)?.value
    if (typeof inner !== 'object' || inner === null || ArrayBuffer.isView(inner)) return false
    holder = inner
    key = next
  }
  if (Object.getOwnPropertyDescriptor(holder, key)?.value !== null) return false
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true })
  return true
}

function isListOfLists(value: unknown): value is unknown[][] {
  return Array.isArray(value) && value.every((item) => Array.isArray(item))
}

/**
 * Unpacks a whole message. Its arrays are views of `frame`, or of one copy of it where `frame` is not aligned.
 * Throws `message.unreadable` for anything that `packMessage` did not make.
 */
export function unpackMessage(frame: Uint8Array): unknown {
  const { header, end } = parseHeader(frame)
  if (typeof header !== 'object' || header === null) throw unreadable(frame, 'its header is not an object')
  if (!('message' in header) || !isListOfLists(header.arrays) || !isListOfLists(header.numbers)) {
    throw unreadable(frame, 'its header lacks a part')
  }
  const bytes = frame.byteOffset % alignment === 0 ? frame : new Uint8Array(frame)
  let offset = end
  for (const [path, type, length] of header.arrays) {
    if (!Object.hasOwn(arrayTypes, type)) throw unreadable(frame, 'it holds an array of an unknown type')
    const Type = arrayTypes[type]
    const start = aligned(offset)
    if (!Number.isInteger(length) || length < 0 || start + length * Type.BYTES_PER_ELEMENT > bytes.length) {
      throw unreadable(frame, 'an array in it is longer than itself')
    }
    const array = new Type(bytes.buffer as ArrayBuffer, bytes.byteOffset + start, length)
    if (!place(header, path, array)) throw unreadable(frame, 'an array in it has no place')
    offset = start + array.byteLength
  }
  if (offset !== bytes.length) throw unreadable(frame, 'it is longer than what it holds')
  for (const [path, name] of header.numbers) {
    if (!Object.hasOwn(lostNumbers, name)) throw unreadable(frame, 'it holds an unknown number')
    if (!place(header, path, lostNumbers[name])) throw unreadable(frame, 'a number in it has no place')
  }
  return header.message
}

/** A packed message as frames of at most `maxFrameBytes`: itself, or its parts in order. */
export function splitMessage(packed: Uint8Array): Uint8Array[] {
  if (packed.length <= maxFrameBytes) return [packed]
  const step = maxFrameBytes - partStart
  return Array.from({ length: Math.ceil(packed.length / step) }, (_, i) => {
    const content = packed.subarray(i * step, (i + 1) * step)
    const part = new Uint8Array(partStart + content.length)
    part.set([0x53, 0x4b, version, partKind])
    view(part).setUint32(4, i * step, true)
    view(part).setUint32(8, packed.length, true)
    part.set(content, partStart)
    return part
  })
}

/** Reads the frames of one channel in order, and puts parts together. */
export class FrameReader {
  private readonly limit: number
  private whole: Uint8Array | null = null
  private received = 0

  /** `limit`: the longest message taken, in bytes. */
  constructor(limit = maxMessageBytes) {
    this.limit = limit
  }

  /**
   * Takes the next frame. Returns the message that it completes, or null where more parts are to come. Throws
   * `message.unreadable`; the frames after it may be read.
   */
  accept(frame: Uint8Array): { message: unknown } | null {
    if (frame.length > maxFrameBytes) throw unreadable(frame, `a frame has at most ${maxFrameBytes} bytes`)
    if (frame[3] !== partKind) {
      this.whole = null
      return { message: unpackMessage(frame) }
    }
    const whole = this.join(frame)
    return whole ? { message: unpackMessage(whole) } : null
  }

  private join(part: Uint8Array): Uint8Array | null {
    checkStart(part, partKind, partStart)
    const offset = view(part).getUint32(4, true)
    const total = view(part).getUint32(8, true)
    const content = part.subarray(partStart)
    if (offset === 0) {
      if (total > this.limit) throw unreadable(part, `its message of ${total} bytes is too long`)
      this.whole = new Uint8Array(total)
      this.received = 0
    }
    const whole = this.whole
    if (!whole || whole.length !== total || offset !== this.received || offset + content.length > total) {
      this.whole = null
      throw unreadable(part, 'it is not the next part of its message')
    }
    whole.set(content, offset)
    this.received += content.length
    if (this.received < total) return null
    this.whole = null
    return whole
  }
}
