import type { SettingDifference } from '../../../src-shared/checkpointContract.ts'
import { setImmediate } from 'node:timers/promises'
import { fromErrorMessage } from '../../../src-shared/errors/index.ts'
import { shapeText } from '../../../src-shared/model/layerDefinition.ts'
import type { Command } from '../command.ts'
import { figure } from '../figures.ts'
import { jsonOption } from '../options.ts'
import { tableLines } from '../table.ts'

const settingText = (value: SettingDifference['first']): string => (value === null ? 'none' : String(value))

export const diff: Command = {
  name: 'diff',
  summary: 'Compares the tensors of two checkpoints of any format.',
  details: [
    'Tensors are matched by name. The exit code is 0 where all are equal bit for bit, else 1. Settings in which the ' +
      'networks differ follow. With --spectra the result holds the singular values of one tensor in both files and ' +
      'of the difference; rows times columns times the smaller of both may be 2,000,000,000 at most.',
  ],
  positional: { name: 'a', help: 'Path of a checkpoint.' },
  second: { name: 'b', help: 'Path of another one.' },
  options: [{ name: 'spectra', placeholder: 'TENSOR', help: 'Name of a tensor.' }, jsonOption],
  examples: ['spikedesk diff before.pth after.pth'],
  async run(args, output) {
    const { openCheckpointFile } = await import('../../checkpoints/files/open.ts')
    const { compareCheckpoints, compareTensor } = await import('../../checkpoints/comparison.ts')
    const first = openCheckpointFile(args.positional())
    try {
      const second = openCheckpointFile(args.second())
      try {
        const found = compareCheckpoints(first, second)
        const name = args.text('spectra')
        const tensor = name === undefined ? null : await compareTensor(first, second, name, setImmediate)
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
        for (const { path, first: before, second: after } of found.settings)
          output.line(`${path}: ${settingText(before)}, ${settingText(after)}`)
        if (tensor?.refused) throw fromErrorMessage(tensor.refused)
        const lists = tensor?.spectra && {
          name: tensor.name,
          first: Array.from(tensor.spectra.first),
          second: Array.from(tensor.spectra.second),
          difference: Array.from(tensor.spectra.difference),
        }
        if (lists) {
          output.line(`singular values of ${lists.name}: ${lists.first.slice(0, 5).map(figure).join(', ')} …`)
          output.line(`of the difference: ${lists.difference.slice(0, 5).map(figure).join(', ')} …`)
        }
        output.event('result', { ...found, spectra: lists ?? null })
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
