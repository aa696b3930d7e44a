import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { Command } from '../command.ts'
import { helpText } from '../help.ts'
import { markdownReference } from '../markdown.ts'

/** Help about the commands of a table that this very command stands in. */
export function helpCommand(table: () => readonly Command[]): Command {
  return {
    name: 'help',
    summary: 'Tells what the commands do.',
    details: [],
    positional: { name: 'command', optional: true, help: 'A command, or the first word of several.' },
    options: [{ name: 'markdown', help: 'Write docs/cli.md to stdout.' }],
    examples: ['spikedesk help train'],
    async run(args) {
      const commands = table()
      const word = args.optionalPositional()
      const about = word ? commands.filter(({ name }) => name.split(' ')[0] === word) : []
      if (word && about.length === 0) {
        const known = commands.map(({ name }) => name).join(', ')
        throw new SpikedeskError('usage.unknownCommand', { command: word, known })
      }
      const text = args.flag('markdown') ? markdownReference(commands) : `${helpText(commands, about)}\n`
      process.stdout.write(text)
      return 0
    },
  }
}
