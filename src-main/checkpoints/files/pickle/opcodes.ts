import { FileProblem } from '../../../containers/fileProblem.ts'
import { buildState } from './build.ts'
import { PickleMachine, type PickleHost, type Unpickled } from './machine.ts'
import { emptyDict, listOf, scalar, treeOf, type PickleValue } from './values.ts'

/** The opcodes of protocols 0 to 5. Source: CPython, Lib/pickletools.py. */

type Opcode = (machine: PickleMachine) => void

const code = (character: string): number => character.charCodeAt(0)

const textual: Record<string, Opcode> = {
  F: (m) => m.push(scalar('float', Number(m.line()))),
  I: (m) => {
    const line = m.line()
    if (line === '00' || line === '01') m.push(scalar('bool', line === '01'))
    else m.push(wholeNumber(m, line))
  },
  L: (m) => m.push(wholeNumber(m, m.line().replace(/L$/, ''))),
  S: (m) => m.push(scalar('str', unquote(m.line()))),
  V: (m) => m.push(scalar('str', m.line())),
  c: (m) => m.push({ kind: 'global', name: `${m.line()}.${m.line()}` }),
  P: (m) => m.push(m.host.persistent(scalar('str', m.line()))),
  g: (m) => m.get(Number(m.line())),
  p: (m) => m.put(Number(m.line())),
}

const structural: Record<string, Opcode> = {
  '(': (m) => m.mark(),
  '0': (m) => void (m.stack.length > 0 ? m.pop() : m.sinceMark()),
  '1': (m) => void m.sinceMark(),
  '2': (m) => m.push(m.top()),
  N: (m) => m.push(scalar('none', null)),
  Q: (m) => m.push(m.host.persistent(m.pop())),
  R: (m) => m.call(),
  a: (m) => {
    const value = m.pop()
    m.append([value])
  },
  b: buildState,
  d: (m) => {
    const pairs = m.sinceMark()
    m.push(emptyDict())
    m.setItems(pairs)
  },
  '}': (m) => m.push(emptyDict()),
  e: (m) => {
    const values = m.sinceMark()
    m.append(values)
  },
  l: (m) => m.push(listOf('list', m.sinceMark())),
  ']': (m) => m.push(listOf('list', [])),
  s: (m) => {
    const value = m.pop()
    const key = m.pop()
    m.setItems([key, value])
  },
  t: (m) => m.push(listOf('tuple', m.sinceMark())),
  ')': (m) => m.push(listOf('tuple', [])),
  u: (m) => {
    const pairs = m.sinceMark()
    m.setItems(pairs)
  },
  J: (m) => m.push(scalar('int', m.unsigned(4) | 0)),
  K: (m) => m.push(scalar('int', m.unsigned(1))),
  M: (m) => m.push(scalar('int', m.unsigned(2))),
  G: (m) => {
    const bytes = m.take(8)
    m.push(scalar('float', new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0)))
  },
  T: (m) => m.push(byteString(m, m.unsigned(4))),
  U: (m) => m.push(byteString(m, m.unsigned(1))),
  X: (m) => m.push(scalar('str', m.text(m.unsigned(4)))),
  B: (m) => m.push(scalar('bytes', m.take(m.unsigned(4)).slice())),
  C: (m) => m.push(scalar('bytes', m.take(m.unsigned(1)).slice())),
  h: (m) => m.get(m.unsigned(1)),
  j: (m) => m.get(m.unsigned(4)),
  q: (m) => m.put(m.unsigned(1)),
  r: (m) => m.put(m.unsigned(4)),
}

const later: Record<number, Opcode> = {
  0x80: (m) => {
    if (m.unsigned(1) > 5) throw new FileProblem('problem.protocol')
  },
  0x81: (m) => {
    const args = m.pop()
    m.construct(args, m.pop())
  },
  0x85: (m) => tuple(m, 1),
  0x86: (m) => tuple(m, 2),
  0x87: (m) => tuple(m, 3),
  0x88: (m) => m.push(scalar('bool', true)),
  0x89: (m) => m.push(scalar('bool', false)),
  0x8a: (m) => m.push(m.long(m.unsigned(1))),
  0x8b: (m) => m.push(m.long(m.unsigned(4))),
  0x8c: (m) => m.push(scalar('str', m.text(m.unsigned(1)))),
  0x8d: (m) => m.push(scalar('str', m.text(m.unsigned(8)))),
  0x8e: (m) => m.push(scalar('bytes', m.take(m.unsigned(8)).slice())),
  0x8f: (m) => m.push(listOf('set', [])),
  0x90: (m) => {
    const values = m.sinceMark()
    m.append(values)
  },
  0x91: (m) => m.push(listOf('set', m.sinceMark())),
  0x92: (m) => {
    m.pop()
    const args = m.pop()
    m.construct(args, m.pop())
  },
  0x93: (m) => {
    const [name, module] = [m.pop(), m.pop()]
    if (name.kind !== 'scalar' || module.kind !== 'scalar') throw new FileProblem('problem.pickleStack')
    m.push({ kind: 'global', name: `${String(module.value)}.${String(name.value)}` })
  },
  0x94: (m) => m.put(m.memo.size),
  0x95: (m) => void m.unsigned(8),
  0x96: (m) => m.push(scalar('bytes', m.take(m.unsigned(8)).slice())),
}

function tuple(machine: PickleMachine, length: number): void {
  const items: PickleValue[] = []
  for (let i = 0; i < length; i++) items.unshift(machine.pop())
  machine.push(listOf('tuple', items))
}

function wholeNumber(machine: PickleMachine, line: string): PickleValue {
  if (!/^[+-]?\d+$/.test(line)) throw new FileProblem('problem.pickleEnds')
  return machine.integer(BigInt(line))
}

function unquote(line: string): string {
  const quoted = /^(['"])(.*)\1$/.exec(line)
  if (!quoted) throw new FileProblem('problem.pickleEnds')
  return quoted[2]
}

/** Text of protocol 2 written by Python 2: one byte a character. */
function byteString(machine: PickleMachine, length: number): PickleValue {
  return scalar('str', new TextDecoder('latin1').decode(machine.take(length)))
}

const stop = code('.')
const table: (Opcode | undefined)[] = Array.from({ length: 256 })
for (const [character, work] of Object.entries({ ...textual, ...structural })) table[code(character)] = work
for (const [number, work] of Object.entries(later)) table[Number(number)] = work

/**
 * Reads one pickle from `at` on. Throws FileProblem where it is damaged, too large, or asks for a call that is
 * not in the table.
 */
export function unpickle(bytes: Uint8Array, host: PickleHost, at = 0): Unpickled {
  const machine = new PickleMachine(bytes, host, at)
  for (;;) {
    const opcode = machine.unsigned(1)
    if (opcode === stop) break
    const work = table[opcode]
    if (!work) throw new FileProblem('problem.opcode', { opcode, at: machine.at - 1 })
    work(machine)
  }
  return { value: treeOf(machine.pop()), end: machine.at, strangers: [...machine.strangers] }
}
