import { errorSentence } from '../../../src-shared/errors/index.ts'
import { shapeText } from '../../../src-shared/model/layerDefinition.ts'
import type { Command } from '../command.ts'
import { bytes } from '../figures.ts'
import { cameraOptions, givenCamera, givenImport, importOptions } from '../importOptions.ts'
import { jsonOption, workspaceOption } from '../options.ts'
import { tableLines } from '../table.ts'

const options = [workspaceOption, jsonOption]
const idOrPath = {
  name: 'id or path',
  help: 'Id of a known dataset, or the path of a folder or file with one.',
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
      card.kind,
      shapeText(card.shape),
      card.problem
        ? errorSentence(card.problem.code, card.problem.data)
        : (card.path ?? (card.bundled ? 'bundled' : 'made here')),
    ])
    const heading = ['id', 'name', 'training', 'test', 'kind', 'shape', 'place']
    for (const line of tableLines([heading, ...rows])) output.line(line)
    output.event('result', { datasets })
    return 0
  },
}

export const datasetsAdd: Command = {
  name: 'datasets add',
  summary: 'Adds a folder, archive or file to the datasets of the workspace.',
  details: [
    'The format is told from the bytes and the layout. Images that lie in one or a few files stay where they ' +
      'are; the workspace keeps their place and checksum. Recordings of events, and pictures in folders, are ' +
      'imported once into the workspace, from archives without unpacking these.',
    'Recordings and pictures that are damaged or not in order are refused, all named at once; --problems says ' +
      'otherwise. Ctrl-C ends an import and leaves nothing of it.',
  ],
  positional: { name: 'path', help: 'A folder, archive or file with a dataset.' },
  options: [...importOptions, ...options],
  examples: [
    'spikedesk datasets add /usr/share/datasets/fashion-mnist',
    'spikedesk datasets add ~/NMNIST/Train.zip --problems leaveOut',
  ],
  async run(args, output) {
    const { withWorkspace } = await import('../workspace.ts')
    const { withProgress } = await import('../importProgress.ts')
    const { cardLines } = await import('../datasetCard.ts')
    const { resolve } = await import('node:path')
    const path = resolve(args.positional())
    const settings = givenImport(args)
    const done = await withWorkspace(args, ({ datasets }) =>
      withProgress(output, (watch) => datasets.add(path, { ...watch, settings })),
    )
    if ('exitCode' in done) return done.exitCode
    for (const line of cardLines(done.result)) output.line(line)
    output.event('result', done.result)
    return 0
  },
}

export const datasetsInfo: Command = {
  name: 'datasets info',
  summary: 'Describes one dataset, or a single recording of events.',
  details: [
    'Of a dataset: samples, classes, checksum. Of a recording (.bin, .dat, .aedat, .aedat4, .npy, .npz, .csv): ' +
      'format, sensor, events, duration, and events of each polarity.',
  ],
  positional: idOrPath,
  options: [...importOptions.filter(({ name }) => name !== 'problems' && name !== 'test-share'), ...options],
  examples: ['spikedesk datasets info digits', 'spikedesk datasets info 00002.bin --json'],
  async run(args, output) {
    const { cardLines, recordingLines } = await import('../datasetCard.ts')
    const { importSettings } = await import('../../../src-shared/importFields.ts')
    const { describeRecording, looksLikeRecording } = await import('../../datasets/recordings/describe.ts')
    const { existsSync, statSync } = await import('node:fs')
    const { openLibrary } = await import('../workspace.ts')
    const word = args.positional()
    if (existsSync(word) && statSync(word).isFile() && (await looksLikeRecording(word))) {
      const facts = await describeRecording(word, importSettings(givenImport(args)))
      for (const line of recordingLines(facts)) output.line(line)
      output.event('result', facts)
      return 0
    }
    const card = await openLibrary(args).card(word)
    for (const line of cardLines(card)) output.line(line)
    output.event('result', card)
    return 0
  },
}

export const datasetsVerify: Command = {
  name: 'datasets verify',
  summary: 'Reads a dataset whole again and compares it with its checksums.',
  details: ['The exit code is 1 where a file is not as it was when the dataset was added.'],
  positional: idOrPath,
  options,
  examples: ['spikedesk datasets verify digits'],
  async run(args, output) {
    const { openLibrary } = await import('../workspace.ts')
    const { withProgress } = await import('../importProgress.ts')
    const library = openLibrary(args)
    const done = await withProgress(output, (watch) => library.verify(args.positional(), watch))
    if ('exitCode' in done) return done.exitCode
    const { id, fine, files } = done.result
    const rows = files.map((file) => [file.name, bytes(file.bytes), file.fine ? 'fine' : 'damaged'])
    for (const line of tableLines([['file', 'size', 'state'], ...rows])) output.line(line)
    output.line(fine ? `${id} is as it was added.` : `${id} is not as it was added; add it again.`)
    output.event('result', { id, fine, files })
    return fine ? 0 : 1
  },
}

export const datasetsMakeEvents: Command = {
  name: 'datasets make-events',
  summary: 'Makes a dataset of events from one of images with a simulated event camera.',
  details: [
    'Each image moves in three saccades of 105 ms before the camera, as N-MNIST was recorded; a pixel makes an ' +
      'event whenever the logarithm of its light has changed by the threshold. The result is a dataset of its ' +
      'own, <id>-events, whose card says that it is simulated.',
  ],
  positional: { name: 'dataset', help: 'Id of a known dataset of images, or the path of one.' },
  options: [...cameraOptions, ...options],
  examples: ['spikedesk datasets make-events digits --threshold 0.3 --noise-rate 1'],
  async run(args, output) {
    const { withWorkspace } = await import('../workspace.ts')
    const { withProgress } = await import('../importProgress.ts')
    const { cardLines } = await import('../datasetCard.ts')
    const camera = givenCamera(args)
    const done = await withWorkspace(args, ({ datasets }) =>
      withProgress(output, (watch) => datasets.makeEvents(args.positional(), camera, watch)),
    )
    if ('exitCode' in done) return done.exitCode
    for (const line of cardLines(done.result)) output.line(line)
    output.event('result', done.result)
    return 0
  },
}

export const datasetsRemove: Command = {
  name: 'datasets remove',
  summary: 'Takes a dataset off the list of the workspace; its files stay.',
  details: ['What was imported or made of it into the workspace is deleted.'],
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
