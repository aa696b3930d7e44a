import type { FileBytes } from '../fileBytes.ts'
import { FileProblem } from '../fileProblem.ts'
import { Cursor } from './cursor.ts'

/** The messages of an object. Source: HDF5 File Format Specification 3.0, IV.A. */
export interface Message {
  type: number
  /** Whether its content stands elsewhere. */
  shared: boolean
  body: Uint8Array
}

const continuation = 0x10
const mostMessages = 10_000
const mostBlocks = 256
const largestBlock = 16 * 2 ** 20

interface Block {
  start: number
  length: number
}

function block(file: FileBytes, { start, length }: Block): Cursor {
  if (length > largestBlock) throw new FileProblem('problem.hdf5')
  return new Cursor(file.read(start, length))
}

function firstMessages(cursor: Cursor, body: (cursor: Cursor) => Message | null): Message[] {
  const messages: Message[] = []
  for (let message = body(cursor); message; message = body(cursor)) messages.push(message)
  return messages
}

function oldMessage(cursor: Cursor): Message | null {
  if (cursor.left < 8) return null
  const type = cursor.unsigned(2)
  const size = cursor.unsigned(2)
  const flags = cursor.unsigned(1)
  cursor.skip(3)
  return { type, shared: (flags & 2) !== 0, body: cursor.take(size) }
}

function newMessage(ordered: boolean) {
  return (cursor: Cursor): Message | null => {
    if (cursor.left < (ordered ? 6 : 4)) return null
    const type = cursor.unsigned(1)
    const size = cursor.unsigned(2)
    const flags = cursor.unsigned(1)
    if (ordered) cursor.skip(2)
    return { type, shared: (flags & 2) !== 0, body: cursor.take(size) }
  }
}

/** Follows continuations; `open` takes off what frames a further block. */
function followed(
  file: FileBytes,
  first: Message[],
  read: (cursor: Cursor) => Message | null,
  open: (cursor: Cursor) => Cursor,
): Message[] {
  const messages = [...first]
  let blocks = 0
  for (const message of messages) {
    if (message.type !== continuation) continue
    if (++blocks > mostBlocks || messages.length > mostMessages) throw new FileProblem('problem.hdf5')
    const place = new Cursor(message.body)
    const next = { start: place.address(), length: place.address() }
    messages.push(...firstMessages(open(block(file, next)), read))
  }
  return messages
}

function oldHeader(file: FileBytes, address: number): Message[] {
  const prefix = new Cursor(file.read(address, 16), 8)
  const first = block(file, { start: address + 16, length: prefix.unsigned(4) })
  return followed(file, firstMessages(first, oldMessage), oldMessage, (cursor) => cursor)
}

function newHeader(file: FileBytes, address: number): Message[] {
  const head = new Cursor(file.read(address, Math.min(64, file.size - address)), 4)
  if (head.unsigned(1) !== 2) throw new FileProblem('problem.hdf5')
  const flags = head.unsigned(1)
  if (flags & 0x20) head.skip(16)
  if (flags & 0x10) head.skip(4)
  const width = 2 ** (flags & 3)
  let length = 0
  head.take(width).forEach((byte, i) => (length += byte * 256 ** i))
  const first = block(file, { start: address + head.at, length })
  const read = newMessage((flags & 4) !== 0)
  const open = (cursor: Cursor): Cursor => {
    cursor.signature('OCHK')
    return new Cursor(cursor.take(cursor.left - 4))
  }
  return followed(file, firstMessages(first, read), read, open)
}

/** The messages of the object at an address. Throws FileProblem. */
export function readObjectHeader(file: FileBytes, address: number): Message[] {
  const [first] = file.read(address, 4)
  if (first === 1) return oldHeader(file, address)
  new Cursor(file.read(address, 4)).signature('OHDR')
  return newHeader(file, address)
}
