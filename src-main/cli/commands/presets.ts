import { optimizerTables } from '../../../src-shared/experimentFields.ts'
import { presets } from '../../../src-shared/model/presets.ts'
import type { Command } from '../command.ts'
import { jsonOption } from '../options.ts'
import { tableLines } from '../table.ts'

export const presetsCommand: Command = {
  name: 'presets',
  summary: 'Lists the ready-made experiments.',
  details: [
    'With --json each comes with its whole experiment document: saved to a file, changed and given to train, ' +
      'it makes an experiment of your own.',
  ],
  options: [jsonOption],
  examples: ['spikedesk presets'],
  async run(_args, output) {
    const rows = presets.map(({ id, title, experiment: e }) => [
      id,
      title,
      e.timeSteps,
      e.encoding.kind,
      e.loss.kind,
      `${optimizerTables[e.optimizer.kind].label} ${String(e.optimizer.params.learningRate)}`,
      e.epochs,
    ])
    const heading = ['preset', 'network', 'T', 'encoding', 'loss', 'optimizer', 'epochs']
    for (const line of tableLines([heading, ...rows])) output.line(line)
    output.event('result', { presets })
    return 0
  },
}
