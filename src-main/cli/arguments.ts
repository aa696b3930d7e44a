import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { checkField, parseNumber, rangeText } from '../../src-shared/fields.ts'
import type { Command, Option } from './command.ts'

type Value = string | number

/** What somebody typed after a command, checked against the command's table. */
export class Arguments {
  readonly #command: Command
  readonly #words: readonly string[]
  readonly #values: ReadonlyMap<string, Value[]>

  constructor(command: Command, words: readonly string[], values: ReadonlyMap<string, Value[]>) {
    this.#command = command
    this.#words = words
    this.#values = values
  }

  /** The word besides the options; throws `usage.missingArgument` where there is none. */
  positional(): string {
    return this.#word(0, this.#command.positional?.name)
  }

  /** The word after it; throws `usage.missingArgument` where there is none. */
  second(): string {
    return this.#word(1, this.#command.second?.name)
  }

  optionalPositional(): string | undefined {
    return this.#words.at(0)
  }

  #word(place: number, name = 'argument'): string {
    const word = this.#words.at(place)
    if (word !== undefined) return word
    throw new SpikedeskError('usage.missingArgument', { command: this.#command.name, argument: `<${name}>` })
  }

  flag(name: string): boolean {
    return this.#values.has(name)
  }

  text(name: string): string | undefined {
    const value = this.#values.get(name)?.[0]
    return value === undefined ? undefined : String(value)
  }

  /** Every value of an option that may be given several times, in their order. */
  texts(name: string): string[] | undefined {
    return this.#values.get(name)?.map(String)
  }

  number(name: string): number | undefined {
    return this.numbers(name)?.[0]
  }

  numbers(name: string): number[] | undefined {
    return this.#values.get(name)?.map(Number)
  }

  /** Names of the options that were given, in the order of the command's table. */
  given(): string[] {
    return this.#command.options.map(({ name }) => name).filter((name) => this.#values.has(name))
  }
}

function checkValue(option: Option, text: string): Value {
  const { field } = option
  if (!field) return text
  const shown = `--${option.name}`
  if (field.type === 'choice') {
    if (!checkField(field, text)) return text
    const wanted = field.options.map(({ value }) => value).join(', ')
    throw new SpikedeskError('usage.badChoice', { option: shown, wanted, found: text })
  }
  const number = parseNumber(text)
  if (!checkField(field, number)) return number
  const code = field.type === 'integer' ? 'usage.badWholeNumber' : 'usage.badNumber'
  throw new SpikedeskError(code, { option: shown, range: rangeText(field), found: text })
}

function readValues(option: Option, text: string): Value[] {
  return (option.list ? text.split(',') : [text]).map((part) => checkValue(option, part))
}

function findOption(command: Command, name: string): Option {
  const option = command.options.find((candidate) => candidate.name === name)
  if (option) return option
  throw new SpikedeskError('usage.unknownOption', { option: `--${name}`, command: command.name })
}

/**
 * Reads the words after a command: `--name value`, `--name=value`, `--flag`, and as many words besides
 * them as the command takes; after `--` nothing is an option. Throws a `usage.*` error for the first thing that does not fit.
 */
export function parseArguments(command: Command, words: readonly string[]): Arguments {
  const values = new Map<string, Value[]>()
  const plain: string[] = []
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--') {
      plain.push(...rest.splice(0))
    } else if (word.startsWith('--')) {
      const equals = word.indexOf('=')
      const name = equals < 0 ? word.slice(2) : word.slice(2, equals)
      const option = findOption(command, name)
      if (values.has(name) && !option.repeatable)
        throw new SpikedeskError('usage.repeatedOption', { option: `--${name}` })
      if (!option.placeholder) {
        if (equals >= 0) throw new SpikedeskError('usage.noValue', { option: `--${name}` })
        values.set(name, [])
        continue
      }
      const text = equals >= 0 ? word.slice(equals + 1) : rest[0]?.startsWith('--') ? undefined : rest.shift()
      if (!text) throw new SpikedeskError('usage.missingValue', { option: `--${name}` })
      values.set(name, [...(values.get(name) ?? []), ...readValues(option, text)])
    } else if (word.startsWith('-') && word.length > 1) {
      throw new SpikedeskError('usage.unknownOption', { option: word, command: command.name })
    } else {
      plain.push(word)
    }
  }
  const allowed = command.second ? 2 : command.positional ? 1 : 0
  if (plain.length > allowed) {
    throw new SpikedeskError('usage.extraArgument', { command: command.name, found: plain[allowed] })
  }
  const args = new Arguments(command, plain, values)
  if (command.positional && !command.positional.optional) args.positional()
  if (command.second) args.second()
  const missing = command.options.find((option) => option.required && !values.has(option.name))
  if (missing) {
    const argument = `--${missing.name} <${missing.placeholder ?? ''}>`
    throw new SpikedeskError('usage.missingArgument', { command: command.name, argument })
  }
  return args
}
