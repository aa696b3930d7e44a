import {
  englishPhrase,
  toErrorMessage,
  errorSentence,
  type ErrorMessage,
} from '../../../src-shared/errors/index.ts'
import type { TreeRow } from '../../../src-shared/fileTree.ts'
import { findLayer } from '../../../src-shared/model/layers/index.ts'
import { shapeText } from '../../../src-shared/model/layerDefinition.ts'
import { inferModel } from '../../../src-shared/model/shapes.ts'
import type { OpenedFile } from '../../checkpoints/files/openedFile.ts'
import type { ImportedNetwork } from '../../checkpoints/networks/importedNetwork.ts'
import type { Command } from '../command.ts'
import { bytes, count, figure } from '../figures.ts'
import { jsonOption } from '../options.ts'
import { answersOption, valueText } from '../questions.ts'
import { tableLines } from '../table.ts'

function rowText({ path, type, shape, device, count: values, text, kind }: TreeRow): string {
  const indent = '  '.repeat(path.length)
  const name = path.at(-1) ?? 'file'
  if (kind === 'scalar') return `${indent}${name}: ${text}`
  if (kind === 'tensor')
    return `${indent}${name}: ${type} ${shapeText(shape ?? [])}${device ? ` on ${device}` : ''}`
  if (kind === 'object') return `${indent}${name}: <${type}>`
  return `${indent}${name}: ${type} of ${count(values)}${text ? `: ${text}` : ''}`
}

function networkLines({
  framework,
  experiment,
  questions,
  facts,
  histories,
  notes,
}: ImportedNetwork): string[] {
  const { layers } = inferModel(experiment.model)
  const section = (title: string, rows: string[][]) =>
    rows.length > 0 ? ['', title, ...tableLines(rows).map((line) => `  ${line}`)] : []
  return [
    ...section(
      `network (${framework}), ${shapeText(experiment.model.input.shape)} at T = ${experiment.timeSteps}`,
      layers.map(({ node, outputShape }) => [
        node.id,
        findLayer(node.kind)?.label ?? node.kind,
        shapeText(outputShape ?? []),
      ]),
    ),
    ...section(
      'said by the file',
      facts.map(({ name, value, source }) => [name, valueText(value), source]),
    ),
    ...section(
      'left open by the file (--answers)',
      questions.map(({ id, answer, answered, evidence, field }) => [
        id,
        valueText(answer),
        answered ? 'answered' : evidence ? englishPhrase(evidence) : field.help,
      ]),
    ),
    ...section(
      'histories',
      histories.map(({ name, values }) => [
        name,
        `${count(values.length)} values`,
        `first ${figure(values[0])}`,
        `last ${figure(values.at(-1))}`,
        `least ${figure(values.reduce((a, b) => Math.min(a, b), Infinity))}`,
        `most ${figure(values.reduce((a, b) => Math.max(a, b), -Infinity))}`,
      ]),
    ),
    ...notes.map((note) => englishPhrase(note)),
  ]
}

/** The network, or why there is none: a file without one can be inspected all the same. */
async function networkOf(
  file: OpenedFile,
  answers: string | undefined,
): Promise<ImportedNetwork | ErrorMessage> {
  const { importNetwork } = await import('../../checkpoints/networks/importNetwork.ts')
  const { readAnswers } = await import('../answers.ts')
  const given = readAnswers(answers)
  try {
    return importNetwork(file, { answers: given })
  } catch (thrown) {
    if (answers !== undefined) throw thrown
    return toErrorMessage(thrown)
  }
}

export const inspect: Command = {
  name: 'inspect',
  summary: 'Lists what is in a checkpoint of any format, without running any of it.',
  details: [
    'Opens .pth and .pt of torch, safetensors, NIR, .npz and .npy. Shows every value and tensor, the network that ' +
      'they make, what the file says about it and what it leaves open.',
    'The result holds format, bytes, rows (the tree), network, facts, questions, histories and notes.',
  ],
  positional: { name: 'file', help: 'Path of a file.' },
  options: [answersOption, jsonOption],
  examples: ['spikedesk inspect model.pth', 'spikedesk inspect model.pth --json'],
  async run(args, output) {
    const { openCheckpointFile } = await import('../../checkpoints/files/open.ts')
    const { treeRows } = await import('../../checkpoints/files/treeRows.ts')
    const file = openCheckpointFile(args.positional())
    try {
      const rows = treeRows(file.root)
      output.line(`${file.path}: ${file.format}, ${bytes(file.size)}`)
      for (const note of file.notes) output.line(englishPhrase(note))
      for (const row of rows) output.line(rowText(row))
      const network = await networkOf(file, args.text('answers'))
      if ('code' in network) output.line(errorSentence(network.code, network.data))
      else for (const line of networkLines(network)) output.line(line)
      const shared = { path: file.path, format: file.format, bytes: file.size, rows }
      output.event('result', {
        ...shared,
        notes: file.notes.map((note) => englishPhrase(note)),
        ...('code' in network
          ? { network: null, problem: errorSentence(network.code, network.data) }
          : {
              network: { framework: network.framework, experiment: network.experiment },
              facts: network.facts,
              questions: network.questions,
              histories: network.histories.map(({ name, values }) => ({ name, values: Array.from(values) })),
            }),
      })
      return 0
    } finally {
      file.close()
    }
  },
}
