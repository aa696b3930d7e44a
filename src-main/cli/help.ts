import type { Command, Option, Positional } from './command.ts'
import { optionRange } from './options.ts'

const width = 100

export const exitCodes =
  'Exit code 0: done; 1: failed, with a sentence on stderr; 2: the command line is wrong.'

/** Breaks a text at spaces into lines of at most `length` characters. */
function wrap(text: string, length: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > length) {
      lines.push(line)
      line = word
    } else {
      line = line ? `${line} ${word}` : word
    }
  }
  return [...lines, line]
}

/** Two columns, the right one wrapped. */
function columns(rows: readonly (readonly [string, string])[]): string[] {
  const left = Math.max(...rows.map(([text]) => text.length)) + 2
  return rows.flatMap(([name, text]) =>
    wrap(text, width - left - 2).map((line, i) => `  ${(i === 0 ? name : '').padEnd(left)}${line}`),
  )
}

export function optionName({ name, placeholder, list }: Option): string {
  return placeholder ? `--${name} <${placeholder}${list ? ',...' : ''}>` : `--${name}`
}

/** What an option does, what it takes, and what holds without it. */
export function optionText(option: Option): string {
  const range = optionRange(option)
  const facts = [range, option.otherwise && `default: ${option.otherwise}`].filter(Boolean).join('; ')
  return facts ? `${option.help} (${facts})` : option.help
}

export function usageLine({ name, positional, second, options }: Command): string {
  const word = positional ? (positional.optional ? ` [${positional.name}]` : ` <${positional.name}>`) : ''
  const required = options.filter((option) => option.required).map((option) => ` ${optionName(option)}`)
  const next = second ? ` <${second.name}>` : ''
  return `spikedesk ${name}${word}${next}${required.join('')}${options.length > required.length ? ' [options]' : ''}`
}

/** The words that a command takes besides its options. */
export function positionals({ positional, second }: Command): Positional[] {
  return [positional, second].filter((word) => word !== undefined)
}

/** The help of one command. */
export function commandHelp(command: Command): string {
  const { options, examples } = command
  const words = positionals(command).map(({ name, help }): [string, string] => [`<${name}>`, help])
  const rows = [
    ...words,
    ...options.map((option): [string, string] => [optionName(option), optionText(option)]),
  ]
  return [
    ...wrap(command.summary, width),
    '',
    `Usage: ${usageLine(command)}`,
    ...command.details.flatMap((paragraph) => ['', ...wrap(paragraph, width)]),
    ...(rows.length > 0 ? ['', ...columns(rows)] : []),
    ...(examples.length > 0 ? ['', 'Examples:', ...examples.map((example) => `  ${example}`)] : []),
  ].join('\n')
}

function overview(commands: readonly Command[]): string {
  return [
    'Spikedesk: encode, build, train and inspect spiking neural networks.',
    '',
    'Usage: spikedesk <command> [options]',
    '',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    exitCodes,
    'spikedesk <command> --help tells more about a command.',
  ].join('\n')
}

/** The help about some commands of the table, or about all where none is named. */
export function helpText(commands: readonly Command[], about: readonly Command[]): string {
  return about.length > 0 ? about.map(commandHelp).join('\n\n\n') : overview(commands)
}
