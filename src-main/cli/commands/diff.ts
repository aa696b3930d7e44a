import { shapeText } from '../../../src-shared/model/layerDefinition.ts'
import type { Command } from '../command.ts'
import { figure } from '../figures.ts'
import { jsonOption } from '../options.ts'
import { tableLines } from '../table.ts'

export const diff: Command = {
  name: 'diff',
  summary: 'Compares the tensors of two checkpoints of any format.',
  details: [
    'Tensors are matched by name. The exit code is 0 where all are equal bit for bit, else 1. With --spectra the result holds ' +
      'the singular values of one tensor in both files and of the difference.',
  ],
  positional: { name: 'a', help: 'Path of a checkpoint.' },
  second: { name: 'b', help: 'Path of another one.' },
  options: [{ name: 'spectra', placeholder: 'TENSOR', help: 'Name of a tensor.' }, jsonOption],
  examples: ['spikedesk diff before.pth after.pth'],
  async run(args, output) {
    const { openCheckpointFile } = await import('../../checkpoints/files/open.ts')
    const { compareCheckpoints } = await import('../../checkpoints/comparison.ts')
    const first = openCheckpointFile(args.positional())
    try {
      const second = openCheckpointFile(args.second())
      try {
        const found = compareCheckpoints(first, second, args.text('spectra') ?? null)
        const heading = ['tensor', 'shape', 'distance', 'relative', 'most', 'cosine']
        const rows = found.changes.map(({ name, shape, equal, distance, relative, most, cosine }) => [
          name,
          shapeText(shape),
          ...(equal
            ? ['equal', '', '', '']
            : [figure(distance), figure(relative), figure(most), cosine.toFixed(6)]),
        ])
        for (const line of tableLines([heading, ...rows])) output.line(line)
        for (const name of found.onlyFirst) output.line(`${name}: only in ${first.path}`)
        for (const name of found.onlySecond) output.line(`${name}: only in ${second.path}`)
        for (const name of found.differentShapes) output.line(`${name}: another shape`)
        const { spectra } = found
        const lists = spectra && {
          name: spectra.name,
          first: Array.from(spectra.first),
          second: Array.from(spectra.second),
          difference: Array.from(spectra.difference),
        }
        if (lists) {
          output.line(`singular values of ${lists.name}: ${lists.first.slice(0, 5).map(figure).join(', ')} …`)
          output.line(`of the difference: ${lists.difference.slice(0, 5).map(figure).join(', ')} …`)
        }
        output.event('result', { ...found, spectra: lists })
        const same = found.onlyFirst.length + found.onlySecond.length + found.differentShapes.length === 0
        return same && found.changes.every(({ equal }) => equal) ? 0 : 1
      } finally {
        second.close()
      }
    } finally {
      first.close()
    }
  },
}
