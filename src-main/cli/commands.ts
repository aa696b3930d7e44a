import { SpikedeskError } from '../../src-shared/errors/index.ts'
import type { Command } from './command.ts'
import { bench } from './commands/bench.ts'
import { convert } from './commands/convert.ts'
import {
  datasetsAdd,
  datasetsInfo,
  datasetsList,
  datasetsMakeEvents,
  datasetsRemove,
  datasetsVerify,
} from './commands/datasets.ts'
import { diff } from './commands/diff.ts'
import { encode } from './commands/encode.ts'
import { evaluate } from './commands/evaluate.ts'
import { helpCommand } from './commands/help.ts'
import { inspect } from './commands/inspect.ts'
import { presetsCommand } from './commands/presets.ts'
import { runsList, runsShow } from './commands/runs.ts'
import { serveCommand } from './commands/serve.ts'
import { trace } from './commands/trace.ts'
import { train } from './commands/train.ts'

/** The table of commands, in the order of the help. */
export const commands: readonly Command[] = [
  train,
  evaluate,
  inspect,
  convert,
  trace,
  diff,
  encode,
  datasetsList,
  datasetsAdd,
  datasetsInfo,
  datasetsVerify,
  datasetsMakeEvents,
  datasetsRemove,
  presetsCommand,
  runsList,
  runsShow,
  serveCommand,
  bench,
  helpCommand(() => commands),
]

/** What the words of a command line ask for. */
export type Request =
  | { kind: 'run'; command: Command; rest: string[] }
  /** Help about these commands; about all where there are none. */
  | { kind: 'help'; about: Command[] }
  | { kind: 'version' }

function wordsOf({ name }: Command): string[] {
  return name.split(' ')
}

function startsWith(words: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((word, i) => words[i] === word)
}

/** The commands that a word may mean: itself, or every command of a group (`datasets`). */
export function commandsNamed(words: readonly string[]): Command[] {
  const exact = commands.find((command) => startsWith(words, wordsOf(command)))
  return exact ? [exact] : commands.filter((command) => wordsOf(command)[0] === words[0])
}

/** Reads the words of a command line; throws `usage.unknownCommand`, naming the words that may stand there. */
export function readRequest(words: readonly string[]): Request {
  const options = words.filter((word) => word.startsWith('-'))
  const plain = words.filter((word) => !word.startsWith('-'))
  if (plain.length === 0 && options.includes('--version')) return { kind: 'version' }
  if (words.length === 0) return { kind: 'help', about: [] }
  const named = commandsNamed(plain)
  if (options.includes('--help') || options.includes('-h')) {
    if (plain.length === 0 || named.length > 0) return { kind: 'help', about: named }
  }
  const command = named.find((candidate) => startsWith(words, wordsOf(candidate)))
  if (command) return { kind: 'run', command, rest: words.slice(wordsOf(command).length) }
  const known = (named.length > 0 ? named : commands).map(({ name }) => name).join(', ')
  const found = named.length > 0 ? plain.slice(0, 2).join(' ') : (words[0] ?? '')
  throw new SpikedeskError('usage.unknownCommand', { command: found, known })
}
