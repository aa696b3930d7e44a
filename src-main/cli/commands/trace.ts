import type { Split } from '../../../src-shared/contract.ts'
import type { EngineId } from '../../../src-shared/experiment.ts'
import type { Command } from '../command.ts'
import { bytes } from '../figures.ts'
import {
  datasetOption,
  experimentOptions,
  jsonOption,
  overwriteOption,
  withDefault,
  workspaceOption,
} from '../options.ts'
import { answersOption, assumptionLines } from '../questions.ts'
import { sampleOptions } from '../sampleOptions.ts'

export const trace: Command = {
  name: 'trace',
  summary: 'Writes every spike and membrane of a network on one sample.',
  details: [
    'The .npz file holds <layer>.spikes (bytes), <layer>.membrane and other states (float32), each [T, neurons], and ' +
      'input (the sample as bytes), label and prediction.',
  ],
  positional: { name: 'checkpoint', help: 'Path of a checkpoint of any format.' },
  options: [
    { ...datasetOption, required: true },
    ...sampleOptions,
    { name: 'out', placeholder: 'trace.npz', help: 'File to write.', required: true },
    overwriteOption,
    withDefault(experimentOptions.steps, 'as trained'),
    withDefault(experimentOptions.engine, 'as trained'),
    answersOption,
    workspaceOption,
    jsonOption,
  ],
  examples: ['spikedesk trace model.pth --dataset ~/mnist --index 7 --out trace.npz'],
  async run(args, output) {
    const { openLibrary } = await import('../workspace.ts')
    const { openFileNetwork } = await import('../../runs/fileNetwork.ts')
    const { traceArrays } = await import('../../runs/traceArrays.ts')
    const { numpyArchiveParts } = await import('../../checkpoints/writers/numpyWriter.ts')
    const { writeFileAtomically } = await import('../../checkpoints/atomicFile.ts')
    const { requireNew } = await import('../../checkpoints/writers/requireNew.ts')
    const { readAnswers } = await import('../answers.ts')
    const out = args.text('out') ?? ''
    if (!args.flag('overwrite')) requireNew([out])
    const dataset = args.text('dataset') ?? ''
    const found = await openFileNetwork(args.positional(), dataset, openLibrary(args, dataset), {
      steps: args.number('steps'),
      engine: args.text('engine') as EngineId | undefined,
      threads: 1,
      answers: readAnswers(args.text('answers')),
    })
    const split = (args.text('split') ?? 'test') as Split
    const { arrays, label, prediction } = traceArrays(found, split, args.number('index') ?? 0)
    const parts = numpyArchiveParts(arrays)
    writeFileAtomically(out, parts)
    for (const line of assumptionLines(found.network)) output.note(line)
    const size = parts.reduce((sum, { length }) => sum + length, 0)
    output.line(`${out}: ${[...arrays.keys()].join(', ')}; ${bytes(size)}`)
    output.line(
      `label ${found.dataset.classes[label]}, predicted ${found.dataset.classes[prediction] ?? prediction}`,
    )
    const names = [...arrays].map(([name, { shape }]) => ({ name, shape }))
    output.event('result', {
      path: out,
      arrays: names,
      label,
      prediction,
      timeSteps: found.experiment.timeSteps,
    })
    return 0
  },
}
