import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { Split } from '../../../src-shared/contract.ts'
import { encodingTables } from '../../../src-shared/encodingTables.ts'
import { checkFields } from '../../../src-shared/fields.ts'
import { shapeText } from '../../../src-shared/model/layerDefinition.ts'
import { overlapProblem } from '../../../src-shared/sampleProblems.ts'
import type { SampleCoding } from '../../../src-shared/sampleRoute.ts'
import { targetTables } from '../../../src-shared/targetTables.ts'
import { transformTables } from '../../../src-shared/transformTables.ts'
import type { Command } from '../command.ts'
import { bytes } from '../figures.ts'
import {
  encodingOption,
  experimentOptions,
  jsonOption,
  overwriteOption,
  targetsOption,
  transformOption,
  withDefault,
  workspaceOption,
} from '../options.ts'
import { sampleOptions } from '../sampleOptions.ts'
import { readSettings } from '../settings.ts'

/** Throws the first problem of the values that were typed. */
function requireValues(coding: SampleCoding): void {
  const { encoding, transforms } = coding
  const [problem] = [
    ...transforms.flatMap(({ kind, params }) => checkFields(transformTables[kind].fields, params)),
    ...checkFields(encodingTables[encoding.kind].fields, encoding.params),
    ...[overlapProblem(coding)].filter((overlap) => overlap !== null),
  ]
  if (problem) throw new SpikedeskError(problem.code, problem.data)
}

export const encode: Command = {
  name: 'encode',
  summary: 'Writes what a network gets of one sample.',
  details: [
    'The .npz file holds spikes (bytes) where the encoding gives only 0 and 1, else values (float32), each [T, ...] ' +
      'in the shape of the input; and sample (bytes) and label. It is what training takes of the sample in the ' +
      'first epoch, with the same seed.',
    'With --targets it also holds targets (float32), [T, classes]; [classes] where they do not change over time, ' +
      'as snnTorch has them.',
  ],
  positional: { name: 'dataset', help: 'Id of a known dataset, or the path of a folder or file with one.' },
  options: [
    ...sampleOptions,
    { ...encodingOption, name: 'encoder', otherwise: 'rate for images, frames for events' },
    transformOption,
    targetsOption,
    withDefault(experimentOptions.steps, '25'),
    withDefault(experimentOptions.seed, '1'),
    { name: 'out', placeholder: 'spikes.npz', help: 'File to write.', required: true },
    overwriteOption,
    workspaceOption,
    jsonOption,
  ],
  examples: [
    'spikedesk encode digits --index 7 --encoder latency,tau=5,normalize=true --steps 100 --out spikes.npz',
    'spikedesk encode digits --targets rate,correctRate=0.8,incorrectRate=0.1 --out spikes.npz',
  ],
  async run(args, output) {
    const { openLibrary } = await import('../workspace.ts')
    const { previewArrays } = await import('../../workbench/jobs/previewArrays.ts')
    const { previewOf } = await import('../../workbench/jobs/encoding.ts')
    const { sampleTargets } = await import('../../workbench/jobs/targets.ts')
    const { numpyArchiveParts } = await import('../../checkpoints/writers/numpyWriter.ts')
    const { writeFileAtomically } = await import('../../checkpoints/atomicFile.ts')
    const { requireNew } = await import('../../checkpoints/writers/requireNew.ts')
    const out = args.text('out') ?? ''
    if (!args.flag('overwrite')) requireNew([out])
    const id = args.positional()
    const transforms = (args.texts('transform') ?? []).map((text) =>
      readSettings('--transform', text, transformTables),
    )
    const given = args.text('encoder')
    const asked = given === undefined ? null : readSettings('--encoder', given, encodingTables)
    const code = args.text('targets')
    const wanted = code === undefined ? null : readSettings('--targets', code, targetTables)
    const dataset = await openLibrary(args, id).open(id)
    const encoding =
      asked ?? readSettings('--encoder', dataset.kind === 'images' ? 'rate' : 'frames', encodingTables)
    requireValues({ encoding, transforms })
    const which = {
      split: (args.text('split') ?? 'test') as Split,
      index: args.number('index') ?? 0,
      timeSteps: args.number('steps') ?? 25,
      seed: args.number('seed') ?? 1,
    }
    const preview = previewOf(dataset, { ...which, encoding, transforms })
    const targets = wanted && sampleTargets(dataset, { ...which, targets: wanted })
    const arrays = previewArrays(preview, targets)
    const parts = numpyArchiveParts(arrays)
    writeFileAtomically(out, parts)
    const size = parts.reduce((sum, { length }) => sum + length, 0)
    const total = preview.values.reduce((sum, value) => sum + (value === 0 ? 0 : 1), 0)
    output.line(`${out}: ${[...arrays.keys()].join(', ')}; ${bytes(size)}`)
    const input = shapeText([preview.timeSteps, ...preview.inputShape])
    const entries = preview.spiking ? 'spikes' : 'values that are not 0'
    output.line(`${input}, ${total} ${entries}, label ${dataset.classes[preview.label]}`)
    const names = [...arrays].map(([name, { shape }]) => ({ name, shape }))
    const { label, spiking, timeSteps } = preview
    output.event('result', { path: out, arrays: names, label, spiking, timeSteps, nonZero: total })
    return 0
  },
}
