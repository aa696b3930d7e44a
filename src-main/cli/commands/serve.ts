import type { NumberField } from '../../../src-shared/fields.ts'
import type { Command } from '../command.ts'
import { onInterrupt } from '../interrupts.ts'
import { fieldOption, jsonOption, workspaceOption } from '../options.ts'

const portField: NumberField = {
  type: 'integer',
  key: 'port',
  label: 'Port',
  min: 0,
  max: 65535,
  step: 1,
  default: 0,
  help: 'Port on 127.0.0.1; 0 takes a free one.',
}

export const serveCommand: Command = {
  name: 'serve',
  summary: 'Serves the workbench to a browser on this machine.',
  details: [
    'Binds 127.0.0.1 only; the printed address holds the token that the page needs. Ctrl-C ends it; a run that is ' +
      'going on stops at the next batch and can be resumed.',
  ],
  options: [
    fieldOption('port', 'N', portField, 'always the same, or a free one where that is in use'),
    workspaceOption,
    { name: 'open', help: 'Open the address in the default browser.' },
    jsonOption,
  ],
  examples: ['spikedesk serve --port 4680'],
  async run(args, output) {
    const { serve } = await import('../../serve.ts')
    const { workspaceFolder } = await import('../workspace.ts')
    const workspace = workspaceFolder(args)
    const server = await serve({
      port: args.number('port') ?? null,
      workspace,
      open: args.flag('open'),
      say: (line) => output.note(line),
    })
    output.line(`Spikedesk is at ${server.url}`)
    output.event('listening', { url: server.url, workspace })
    await new Promise<void>((resolve) => onInterrupt(() => resolve()))
    await server.close()
    output.event('result', { url: server.url, workspace })
    return 0
  },
}
