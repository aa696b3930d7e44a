import { FileProblem } from '../../../containers/fileProblem.ts'
import { bytesValue, emptyDict, keyOf, latin1, listOf, scalar, textOf, type PickleValue } from './values.ts'

/** Python's own containers, which pickles make by calling them. */

function dict(args: PickleValue[]): PickleValue {
  const made = emptyDict()
  const given = args.at(0)
  if (given?.kind === 'dict') for (const [key, value] of given.entries) made.entries.set(key, value)
  if (given?.kind === 'list') {
    for (const pair of given.items) {
      if (pair.kind !== 'list' || pair.items.length !== 2) throw new FileProblem('problem.argument')
      made.entries.set(keyOf(pair.items[0]), pair.items[1])
    }
  }
  return made
}

const sequence = (type: 'list' | 'tuple' | 'set') => (args: PickleValue[]) => {
  const given = args.at(0)
  return listOf(type, given?.kind === 'list' ? given.items : [])
}

/** `_codecs.encode(text, 'latin1')` is how protocol 2 writes bytes. */
function encode([text]: PickleValue[]): PickleValue {
  return scalar('bytes', latin1(textOf(text)))
}

export const plainCallables: readonly [string, (args: PickleValue[]) => PickleValue][] = [
  ['collections.OrderedDict', dict],
  ['collections.defaultdict', () => emptyDict()],
  ['collections.Counter', dict],
  ['collections.deque', sequence('list')],
  ...['builtins', '__builtin__'].flatMap((module): [string, (args: PickleValue[]) => PickleValue][] => [
    [`${module}.dict`, dict],
    [`${module}.list`, sequence('list')],
    [`${module}.tuple`, sequence('tuple')],
    [`${module}.set`, sequence('set')],
    [`${module}.frozenset`, sequence('set')],
    [`${module}.bytearray`, ([bytes]) => scalar('bytes', bytes ? bytesValue(bytes) : new Uint8Array())],
    [`${module}.complex`, (args) => listOf('tuple', args)],
  ]),
  ['_codecs.encode', encode],
]
