import type { FileBytes } from '../fileBytes.ts'
import { FileProblem } from '../fileProblem.ts'
import { Cursor } from './cursor.ts'
import { denseLinks } from './denseLinks.ts'
import type { Message } from './objectHeader.ts'

/** The members of a group: names and the addresses of their objects; null for links that point elsewhere. */
export type Members = [name: string, address: number | null][]

const mostMembers = 100_000
const deepest = 32
const largestHeap = 64 * 2 ** 20

/** Names of a group of the old kind. */
function localHeap(file: FileBytes, address: number): Uint8Array {
  const head = new Cursor(file.read(address, 32))
  head.signature('HEAP')
  head.skip(4)
  const size = head.address()
  head.word()
  if (size > largestHeap) throw new FileProblem('problem.hdf5')
  return file.read(head.address(), size)
}

function nameAt(heap: Uint8Array, offset: number): string {
  const end = heap.indexOf(0, offset)
  if (offset >= heap.length || end < 0) throw new FileProblem('problem.hdf5')
  return new TextDecoder().decode(heap.subarray(offset, end))
}

function symbols(file: FileBytes, address: number, heap: Uint8Array, members: Members): void {
  const head = new Cursor(file.read(address, 8))
  head.signature('SNOD')
  head.skip(2)
  const count = head.unsigned(2)
  const entries = new Cursor(file.read(address + 8, count * 40))
  for (let i = 0; i < count; i++) {
    const name = nameAt(heap, entries.address())
    const object = entries.word()
    const isLink = entries.unsigned(4) === 2
    entries.skip(20)
    members.push([name, isLink ? null : object])
    if (members.length > mostMembers) throw new FileProblem('problem.manyValues', { limit: mostMembers })
  }
}

function treeNode(file: FileBytes, address: number, heap: Uint8Array, members: Members, depth: number): void {
  const head = new Cursor(file.read(address, 24))
  head.signature('TREE')
  if (head.unsigned(1) !== 0 || depth > deepest) throw new FileProblem('problem.hdf5')
  const level = head.unsigned(1)
  const count = head.unsigned(2)
  const entries = new Cursor(file.read(address + 24, count * 16 + 8))
  for (let i = 0; i < count; i++) {
    entries.skip(8)
    const child = entries.address()
    if (level === 0) symbols(file, child, heap, members)
    else treeNode(file, child, heap, members, depth + 1)
  }
}

function link(body: Uint8Array): Members[number] {
  const cursor = new Cursor(body, 1)
  const flags = cursor.unsigned(1)
  const type = flags & 8 ? cursor.unsigned(1) : 0
  if (flags & 4) cursor.skip(8)
  if (flags & 16) cursor.skip(1)
  let length = 0
  cursor.take(2 ** (flags & 3)).forEach((byte, i) => (length += byte * 256 ** i))
  const name = new TextDecoder().decode(cursor.take(length))
  return [name, type === 0 ? cursor.address() : null]
}

/** Large groups of newer files keep their links in a heap. */
function heapLinks(file: FileBytes, messages: readonly Message[]): Uint8Array[] {
  return messages
    .filter(({ type }) => type === 0x02)
    .flatMap(({ body }) => {
      const cursor = new Cursor(body, 1)
      if (cursor.unsigned(1) & 1) cursor.skip(8)
      const [heap, index] = [cursor.word(), cursor.word()]
      return heap === null || index === null ? [] : denseLinks(file, heap, index)
    })
}

/** The members of the group with these messages; null where it is no group. Throws FileProblem. */
export function groupMembers(file: FileBytes, messages: readonly Message[]): Members | null {
  const table = messages.find(({ type }) => type === 0x11)
  if (table) {
    const cursor = new Cursor(table.body)
    const [tree, heap] = [cursor.address(), cursor.address()]
    const members: Members = []
    treeNode(file, tree, localHeap(file, heap), members, 0)
    return members
  }
  if (!messages.some(({ type }) => type === 0x02 || type === 0x06)) return null
  const own = messages.filter(({ type }) => type === 0x06).map(({ body }) => body)
  return [...own, ...heapLinks(file, messages)].map(link)
}
