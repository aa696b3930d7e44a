import { englishPhrase, SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { Command } from '../command.ts'
import { bytes } from '../figures.ts'
import { jsonOption, overwriteOption } from '../options.ts'
import { answersOption, assumptionLines } from '../questions.ts'

export const convert: Command = {
  name: 'convert',
  summary: 'Writes the network of a checkpoint in another format.',
  details: [
    'The ending of the second name says the format: .safetensors (a checkpoint of this program), .pth (a state dict for ' +
      'torch.load), .nir, .py (a script that rebuilds, trains and evaluates the network), .model.json, .json (the ' +
      'experiment). What the format cannot say is told before anything is written.',
  ],
  positional: { name: 'in', help: 'Path of a checkpoint of any format.' },
  second: { name: 'out', help: 'File to write.' },
  options: [overwriteOption, answersOption, jsonOption],
  examples: ['spikedesk convert model.pth model.nir'],
  async run(args, output) {
    const { openCheckpointFile } = await import('../../checkpoints/files/open.ts')
    const { importNetwork } = await import('../../checkpoints/networks/importNetwork.ts')
    const { exporterFor, exporters, exportNetwork, exportNotes } =
      await import('../../checkpoints/writers/exporters.ts')
    const { readAnswers } = await import('../answers.ts')
    const out = args.second()
    const exporter = exporterFor(out)
    if (!exporter) {
      const known = exporters.flatMap(({ endings }) => endings).join(', ')
      throw new SpikedeskError('export.format', { path: out, known })
    }
    const file = openCheckpointFile(args.positional())
    try {
      const network = importNetwork(file, { answers: readAnswers(args.text('answers')) })
      for (const line of assumptionLines(network)) output.note(line)
      for (const note of exportNotes(network, exporter.format)) output.note(englishPhrase(note))
      const written = await exportNetwork(network, exporter.format, out, args.flag('overwrite'))
      output.line(`${written.path}: ${exporter.format}, ${bytes(written.bytes)}`)
      for (const beside of exporter.beside?.(out) ?? []) output.line(`${beside}: its weights`)
      output.event('result', { ...written, format: exporter.format, notes: written.notes.map(englishPhrase) })
      return 0
    } finally {
      file.close()
    }
  },
}
