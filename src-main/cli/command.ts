import type { ChoiceField, NumberField } from '../../src-shared/fields.ts'
import type { Arguments } from './arguments.ts'
import type { Output } from './output.ts'

/** A word that a command takes besides its options. */
export interface Positional {
  /** As it stands in the usage line, e.g. `checkpoint`. */
  name: string
  help: string
  optional?: true
}

/** One option of a command. Without a placeholder it is a flag. */
export interface Option {
  /** Without the dashes. */
  name: string
  help: string
  placeholder?: string
  /** Decides which values are taken, and gives the range in help and refusals. */
  field?: NumberField | ChoiceField
  /** True where several values may be given, with commas between them. */
  list?: true
  /** True where the option may be given several times. */
  repeatable?: true
  required?: true
  /** What holds where the option is left out, in words. */
  otherwise?: string
}

/** A command: its words, what it takes, and what it does. Everything that is said about it comes from here. */
export interface Command {
  /** One word, or a group and a word: `train`, `datasets add`. */
  name: string
  summary: string
  /** More about it, a paragraph each. */
  details: readonly string[]
  positional?: Positional
  /** A word after that one, which it then needs. */
  second?: Positional
  options: readonly Option[]
  /** Whole command lines to start from. */
  examples: readonly string[]
  /** Does the work; gives the exit code. Loads what it needs itself, so that help costs nothing. */
  run(args: Arguments, output: Output): Promise<number>
}
