import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { commands, readRequest } from '../../../src-main/cli/commands.ts'
import { commandHelp, helpText } from '../../../src-main/cli/help.ts'
import { markdownReference } from '../../../src-main/cli/markdown.ts'
import { root, spikedesk } from './commandLine.ts'

describe('help', () => {
  it.each(commands.map((command) => [command.name, command] as const))('tells about %s', (name, command) => {
    const text = commandHelp(command)
    expect(text).toContain(`Usage: spikedesk ${name}`)
    for (const option of command.options) expect(text).toContain(`--${option.name}`)
    const widest = Math.max(
      ...text
        .split('\n')
        .filter((line) => !line.startsWith('  spikedesk'))
        .map((line) => line.length),
    )
    expect(widest).toBeLessThanOrEqual(100)
  })

  it('takes ranges from the parameter tables', () => {
    expect(helpText(commands, readHelp(['train', '--help'])).replace(/\s+/g, ' ')).toContain(
      '--steps <T> How many steps the network sees each sample. (from 1 to 10000)',
    )
  })

  it('is the same for --help before and after the command, and covers a group', () => {
    expect(readHelp(['--help', 'train'])).toEqual(readHelp(['train', '-h']))
    expect(readHelp(['datasets', '--help']).map(({ name }) => name)).toEqual([
      'datasets list',
      'datasets add',
      'datasets info',
      'datasets verify',
      'datasets make-events',
      'datasets remove',
    ])
    expect(readHelp(['datasets', 'add', '--help']).map(({ name }) => name)).toEqual(['datasets add'])
    expect(readHelp([])).toEqual([])
  })

  it('is printed with exit code 0', async () => {
    const { code, stdout, stderr } = await spikedesk(['bench', '--help'])
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toContain('Usage: spikedesk bench [options]')
  })

  it('keeps docs/cli.md up to date (npx spikedesk help --markdown > docs/cli.md)', async () => {
    const { stdout } = await spikedesk(['help', '--markdown'])
    expect(stdout).toBe(markdownReference(commands))
    expect(readFileSync(join(root, 'docs/cli.md'), 'utf8')).toBe(stdout)
  })
})

function readHelp(words: string[]) {
  const request = readRequest(words)
  return request.kind === 'help' ? request.about : null!
}
