import { FileProblem, shown } from '../../../containers/fileProblem.ts'
import type { FileNode } from '../openedFile.ts'
import { emptyDict, keyOf, scalar, type PickleValue } from './values.ts'

/**
 * Pickle as data: an interpreter of its opcodes that calls nothing but the table of callables that it is given.
 * A name is only a name; an object of any other class is kept as its class's name and its state.
 */

/** Calls that a pickle may ask for, by name; none of them runs anything of the file. */
export type Callables = ReadonlyMap<string, (args: PickleValue[]) => PickleValue>

export interface PickleHost {
  callables: Callables
  /** What a persistent id stands for. */
  persistent(id: PickleValue): PickleValue
}

/** More than a file holds that somebody saved: values, marks, and bytes of a whole number. */
const mostValues = 4_000_000
const mostMarks = 10_000
const longestInteger = 1024

/** Stack, memo and cursor of one pickle. */
export class PickleMachine {
  readonly bytes: Uint8Array
  readonly host: PickleHost
  at: number
  stack: PickleValue[] = []
  readonly marks: PickleValue[][] = []
  readonly memo = new Map<number, PickleValue>()
  /** Classes that are none of the table's, whose objects were kept as data. */
  readonly strangers = new Set<string>()
  private created = 0

  constructor(bytes: Uint8Array, host: PickleHost, at = 0) {
    this.bytes = bytes
    this.host = host
    this.at = at
  }

  /** The next `length` bytes; a view. */
  take(length: number): Uint8Array {
    if (length < 0 || this.at + length > this.bytes.length) throw new FileProblem('problem.pickleEnds')
    this.at += length
    return this.bytes.subarray(this.at - length, this.at)
  }

  /** An unsigned little-endian number of 1, 2, 4 or 8 bytes. */
  unsigned(length: number): number {
    const bytes = this.take(length)
    let value = 0
    for (let i = length - 1; i >= 0; i--) value = value * 256 + bytes[i]
    if (!Number.isSafeInteger(value)) throw new FileProblem('problem.pickleEnds')
    return value
  }

  /** The rest of the line, without its end. */
  line(): string {
    const end = this.bytes.indexOf(10, this.at)
    if (end < 0 || end - this.at > longestInteger) throw new FileProblem('problem.pickleEnds')
    const text = new TextDecoder('latin1').decode(this.take(end - this.at))
    this.at++
    return text
  }

  text(length: number): string {
    return new TextDecoder().decode(this.take(length))
  }

  /** A two's-complement little-endian integer. */
  long(length: number): PickleValue {
    if (length > longestInteger) throw new FileProblem('problem.longInteger', { limit: longestInteger })
    const bytes = this.take(length)
    let value = 0n
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i])
    return this.integer(length > 0 && bytes[length - 1] & 0x80 ? value - (1n << BigInt(8 * length)) : value)
  }

  integer(value: bigint): PickleValue {
    const small = Number(value)
    return scalar('int', Number.isSafeInteger(small) ? small : value)
  }

  push(value: PickleValue): void {
    if (++this.created > mostValues) throw new FileProblem('problem.manyValues', { limit: mostValues })
    this.stack.push(value)
  }

  pop(): PickleValue {
    const value = this.stack.pop()
    if (!value) throw new FileProblem('problem.pickleStack')
    return value
  }

  top(): PickleValue {
    const value = this.stack.at(-1)
    if (!value) throw new FileProblem('problem.pickleStack')
    return value
  }

  mark(): void {
    if (this.marks.length >= mostMarks) throw new FileProblem('problem.nested', { limit: mostMarks })
    this.marks.push(this.stack)
    this.stack = []
  }

  /** What was pushed since the last mark. */
  sinceMark(): PickleValue[] {
    const values = this.stack
    const before = this.marks.pop()
    if (!before) throw new FileProblem('problem.pickleStack')
    this.stack = before
    return values
  }

  put(index: number): void {
    if (this.memo.size >= mostValues) throw new FileProblem('problem.manyValues', { limit: mostValues })
    this.memo.set(index, this.top())
  }

  get(index: number): void {
    const value = this.memo.get(index)
    if (!value) throw new FileProblem('problem.pickleStack')
    this.push(value)
  }

  append(values: readonly PickleValue[]): void {
    const list = this.top()
    // A list with a class of its own is shown as that class with its items.
    if (list.kind === 'object') list.state ??= { kind: 'list', type: 'list', items: [] }
    const target = list.kind === 'object' ? list.state : list
    if (target?.kind !== 'list') throw new FileProblem('problem.pickleStack')
    for (const value of values) target.items.push(value)
  }

  setItems(pairs: readonly PickleValue[]): void {
    const dict = this.top()
    if (dict.kind === 'object') dict.state ??= emptyDict()
    const target = dict.kind === 'object' ? dict.state : dict
    if (target?.kind !== 'dict' || pairs.length % 2 !== 0) throw new FileProblem('problem.pickleStack')
    for (let i = 0; i < pairs.length; i += 2) target.entries.set(keyOf(pairs[i]), pairs[i + 1])
  }

  /** Calls a name of the table with a tuple of arguments. */
  call(): void {
    const args = this.pop()
    const callee = this.pop()
    if (args.kind !== 'list') throw new FileProblem('problem.pickleStack')
    const name = callee.kind === 'global' ? callee.name : callee.kind
    const work = this.host.callables.get(name)
    if (!work) throw new FileProblem('problem.call', { name: shown(name) })
    this.push(work(args.items))
  }

  /** Makes an object of a class: of the table's, or one that is only shown. */
  construct(args: PickleValue, className: PickleValue): void {
    if (className.kind !== 'global' || args.kind !== 'list') throw new FileProblem('problem.pickleStack')
    const work = this.host.callables.get(className.name)
    if (!work) this.strangers.add(className.name)
    this.push(work ? work(args.items) : { kind: 'object', className: className.name, state: null })
  }
}

/** The tree and where the pickle ended; classes that were only shown. */
export interface Unpickled {
  value: FileNode
  end: number
  strangers: string[]
}
