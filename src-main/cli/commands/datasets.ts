import type { DatasetCard } from '../../../src-shared/contract.ts'
import { errorSentence } from '../../../src-shared/errors/index.ts'
import { shapeText } from '../../../src-shared/model/layerDefinition.ts'
import type { Command } from '../command.ts'
import { bytes, count } from '../figures.ts'
import { jsonOption, workspaceOption } from '../options.ts'
import { tableLines } from '../table.ts'

const options = [workspaceOption, jsonOption]
const idOrPath = {
  name: 'id or path',
  help: 'Id of a known dataset, or the path of a folder or file with one.',
}

function cardLines(card: DatasetCard): string[] {
  const classRows = card.classes.map((name, i) => [
    name,
    card.trainPerClass[i] ?? 0,
    card.testPerClass[i] ?? 0,
  ])
  return [
    `${card.name} (${card.id})`,
    ...tableLines([
      ['format', card.format],
      ['place', card.path ?? 'bundled with the program'],
      ['origin', card.origin],
      ['licence', card.licence],
      [
        'images',
        `${count(card.trainCount)} training, ${count(card.testCount)} test, ${shapeText(card.shape)}`,
      ],
      ['on disk', bytes(card.bytesOnDisk)],
      ['checksum', card.checksum],
      ['known as', card.known ?? 'none of the published files'],
    ]).map((line) => `  ${line}`),
    ...(card.problem ? [`  ${errorSentence(card.problem.code, card.problem.data)}`] : []),
    '',
    ...tableLines([['class', 'training', 'test'], ...classRows]).map((line) => `  ${line}`),
  ]
}

export const datasetsList: Command = {
  name: 'datasets list',
  summary: 'Lists the known datasets.',
  details: [],
  options,
  examples: [],
  async run(args, output) {
    const { openLibrary } = await import('../workspace.ts')
    const datasets = await openLibrary(args).cards()
    const rows = datasets.map((card) => [
      card.id,
      card.name,
      card.trainCount,
      card.testCount,
      shapeText(card.shape),
      card.problem ? errorSentence(card.problem.code, card.problem.data) : (card.path ?? 'bundled'),
    ])
    const heading = ['id', 'name', 'training', 'test', 'shape', 'place']
    for (const line of tableLines([heading, ...rows])) output.line(line)
    output.event('result', { datasets })
    return 0
  },
}

export const datasetsAdd: Command = {
  name: 'datasets add',
  summary: 'Adds a folder or file to the datasets of the workspace.',
  details: [
    'The format is told from the bytes, not from the names. The files stay where they are; the workspace ' +
      'keeps their place and checksum.',
  ],
  positional: { name: 'path', help: 'A folder or file with a dataset.' },
  options,
  examples: ['spikedesk datasets add /usr/share/datasets/fashion-mnist'],
  async run(args, output) {
    const { withWorkspace } = await import('../workspace.ts')
    const { resolve } = await import('node:path')
    const card = await withWorkspace(args, ({ datasets }) => datasets.add(resolve(args.positional())))
    for (const line of cardLines(card)) output.line(line)
    output.event('result', card)
    return 0
  },
}

export const datasetsInfo: Command = {
  name: 'datasets info',
  summary: 'Describes one dataset: images, classes, checksum.',
  details: [],
  positional: idOrPath,
  options,
  examples: ['spikedesk datasets info digits'],
  async run(args, output) {
    const { openLibrary } = await import('../workspace.ts')
    const card = await openLibrary(args).card(args.positional())
    for (const line of cardLines(card)) output.line(line)
    output.event('result', card)
    return 0
  },
}

export const datasetsRemove: Command = {
  name: 'datasets remove',
  summary: 'Takes a dataset off the list of the workspace; its files stay.',
  details: [],
  positional: { name: 'id', help: 'Id of a dataset that was added.' },
  options,
  examples: [],
  async run(args, output) {
    const { withWorkspace } = await import('../workspace.ts')
    const id = args.positional()
    await withWorkspace(args, ({ datasets }) => datasets.remove(id))
    output.line(`${id} is no longer listed; its files are untouched.`)
    output.event('result', { id })
    return 0
  },
}
