import { availableParallelism } from 'node:os'
import type { NumberField } from '../../../src-shared/fields.ts'
import { machineFields } from '../../../src-shared/experimentFields.ts'
import type { Measurement, MeasurementTask } from '../bench/measure.ts'
import { profileLines } from '../bench/profileTable.ts'
import { workloads } from '../bench/workloads.ts'
import type { Command, Option } from '../command.ts'
import { count } from '../figures.ts'
import {
  datasetOption,
  experimentOptions,
  fieldOption,
  jsonOption,
  withDefault,
  workspaceOption,
} from '../options.ts'
import type { Output } from '../output.ts'
import { tableLines } from '../table.ts'

const repeatsField: NumberField = {
  type: 'integer',
  key: 'repeats',
  label: 'Repeats',
  min: 1,
  max: 1000,
  step: 1,
  default: 7,
  help: 'How many times each figure is measured, about 0.3 s each.',
}

const workloadOption: Option = fieldOption(
  'workload',
  'ID',
  {
    type: 'choice',
    key: 'workload',
    label: 'Workload',
    help: 'What to measure: a preset, or a network on synthetic events.',
    default: workloads[0].id,
    options: workloads.map(({ id, title }) => ({ value: id, label: title })),
  },
  'all of them',
)

const densityField: NumberField = {
  type: 'number',
  key: 'density',
  label: 'Density',
  min: 0,
  max: 1,
  step: 0.01,
  default: 0.02,
  help: 'Share of the elements of synthetic event frames that are events.',
}

const profileOption: Option = {
  name: 'profile',
  help: 'Also time each op in a repeat of its own, and print a table of them.',
}

const defaultDataset = 'digits'
const phases = ['train', 'infer'] as const

/** A line of the result; `share` is the part of the peak that was useful work. */
interface BenchLine extends Measurement {
  workload: string
  phase: 'train' | 'infer'
  peakGflops: number | null
  share: number | null
}

function heading(line: BenchLine): string {
  return `${line.workload}, ${line.phase}, ${line.engine} (${line.device})`
}

function print(lines: readonly BenchLine[], output: Output): void {
  const rows = lines.map((line) => [
    line.workload,
    line.phase,
    line.engine,
    line.threads,
    count(line.imagesPerSecond.median),
    count(line.imagesPerSecond.min),
    count(line.imagesPerSecond.max),
    Math.round(line.peakRssMiB),
    Math.round(line.plannedMiB),
    Math.round(line.engineMiB),
    line.gflops.toFixed(1),
    line.peakGflops === null ? '-' : line.peakGflops.toFixed(0),
    line.share === null ? '-' : `${(line.share * 100).toFixed(0)} %`,
  ])
  const names = [
    'workload',
    'phase',
    'engine',
    'threads',
    'images/s',
    'min',
    'max',
    'RSS MiB',
    'planned',
    'engine',
  ]
  output.line()
  for (const text of tableLines([[...names, 'GFLOP/s', 'peak', 'share'], ...rows])) output.line(text)
}

export const bench: Command = {
  name: 'bench',
  summary: 'Measures training and inference of the presets on this machine.',
  details: [
    'Each figure is taken in a process of its own: warm-up, then the repeats. It includes gathering the shuffled ' +
      'images, encoding, loss and optimizer, and leaves out the reading of files. peakRssMiB is the largest resident ' +
      'memory of that process, the decoded dataset and Node itself included; plannedMiB is what training takes besides its ' +
      'samples as computed beforehand (see --step-memory of train), engineMiB by how much the process grew when the ' +
      'engine was made.',
    'peakGflops is what the cores reach on multiply-adds alone, measured at the start; gflops counts useful work, ' +
      'layers over an unchanging input once, and nothing that is made again to save memory.',
    'With --profile there is a table of the ops for each figure: milliseconds of a step, forward, backward (to the ' +
      "gradient at the layer's input) and update (gradients of its parameters with the optimizer), the work of all " +
      'threads divided by their number; "prepare" is what is done once a step, "waiting" the time of threads that ' +
      'wait for each other.',
  ],
  options: [
    workloadOption,
    withDefault(experimentOptions.engine, machineFields[0].default),
    { ...withDefault(experimentOptions.threads, 'all cores'), list: true },
    fieldOption('repeats', 'N', repeatsField, String(repeatsField.default)),
    fieldOption('density', 'P', densityField, String(densityField.default)),
    profileOption,
    { ...datasetOption, otherwise: `the bundled ${defaultDataset}` },
    workspaceOption,
    jsonOption,
  ],
  examples: [
    'spikedesk bench',
    'spikedesk bench --workload fc-leaky-100 --threads 1,2',
    'spikedesk bench --workload csnn-if --profile',
    'spikedesk bench --workload events-cnn --density 0.05',
  ],
  async run(args, output) {
    const { measurePeak, measureInChild } = await import('../bench/child.ts')
    const { workspaceFolder } = await import('../workspace.ts')
    const chosen = args.text('workload')
    const ids = workloads.map(({ id }) => id).filter((id) => chosen === undefined || id === chosen)
    const threadCounts = (args.numbers('threads') ?? [0]).map((threads) => threads || availableParallelism())
    const dataset = args.text('dataset') ?? defaultDataset
    const lines: BenchLine[] = []
    output.line(`dataset ${dataset}, ${availableParallelism()} cores`)
    for (const threads of new Set(threadCounts)) {
      const peakGflops = await measurePeak(threads)
      for (const workload of ids) {
        for (const phase of phases) {
          const task: MeasurementTask = {
            ...{ workload, phase, threads, dataset },
            engine: args.text('engine') ?? machineFields[0].default,
            repeats: args.number('repeats') ?? repeatsField.default,
            workspace: workspaceFolder(args),
            density: args.number('density') ?? densityField.default,
            profile: args.flag('profile'),
          }
          output.redraw(`${workload}, ${phase}, ${threads} threads ...`)
          const measured = await measureInChild(task)
          const share = peakGflops === null ? null : measured.gflops / peakGflops
          const line: BenchLine = { workload, phase, ...measured, peakGflops, share }
          lines.push(line)
          output.redraw('')
          output.line(`${heading(line)}: ${count(line.imagesPerSecond.median)} images/s`)
          for (const text of line.profile ? profileLines(line.profile, peakGflops) : [])
            output.line(`  ${text}`)
          output.event('measurement', line)
        }
      }
    }
    print(lines, output)
    output.event('result', { dataset, measurements: lines })
    return 0
  },
}
