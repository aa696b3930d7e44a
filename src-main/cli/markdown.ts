import type { Command } from './command.ts'
import { exitCodes, optionName, optionText, positionals, usageLine } from './help.ts'

function code(text: string): string {
  return `\`${text}\``
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

function section(command: Command): string {
  const { options, examples } = command
  const rows = [
    ...positionals(command).map(({ name, help }) => [code(`<${name}>`), help]),
    ...options.map((option) => [code(optionName(option)), optionText(option)]),
  ]
  const table = [['', ''], ['---', '---'], ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`)
  return [
    `## spikedesk ${command.name}`,
    '',
    command.summary,
    '',
    ...command.details.flatMap((paragraph) => [paragraph, '']),
    '```',
    usageLine(command),
    '```',
    ...(rows.length > 0 ? ['', ...table] : []),
    ...(examples.length > 0 ? ['', 'For example:', '', '```', ...examples, '```'] : []),
  ].join('\n')
}

/** The reference of the command line, docs/cli.md. */
export function markdownReference(commands: readonly Command[]): string {
  return [
    '# The command line',
    '',
    'Written by `npx spikedesk help --markdown` from the table of commands; do not edit it by hand.',
    '',
    exitCodes,
    'With `--json` every line on stdout is a JSON object with a `type`, the last one `result`; an error is one with the',
    'type `error`, its `code`, its `data` and its `message`.',
    '',
    commands.map(section).join('\n\n'),
    '',
  ].join('\n')
}
