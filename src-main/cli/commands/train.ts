import type { EpochRecord, EventCounts, RunSummary } from '../../../src-shared/contract.ts'
import { fromErrorMessage, SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { RunJob, RunListener } from '../../runs/runJob.ts'
import type { Workspace } from '../../runs/workspace.ts'
import type { Arguments } from '../arguments.ts'
import type { Command } from '../command.ts'
import { count, duration, figure, percent } from '../figures.ts'
import { onInterrupt } from '../interrupts.ts'
import {
  datasetOption,
  encodingOption,
  experimentOptions,
  jsonOption,
  stepOptions,
  transformOption,
  withDefault,
  workspaceOption,
} from '../options.ts'
import type { Output } from '../output.ts'
import { droppedText, Progress } from '../progress.ts'

const {
  limit,
  subset,
  epochs,
  batch,
  learningRate,
  accumulation,
  truncation,
  seed,
  steps,
  engine,
  threads,
  recompute,
  memory,
  stepMemory,
} = experimentOptions

const resumeOption = {
  name: 'resume',
  placeholder: 'RUN',
  help: 'Go on with a run of the workspace from its last checkpoint, up to --epochs in all.',
}

/** With `--resume` the run's own experiment holds, so that it goes on bit for bit. */
const besideResume = ['resume', 'epochs', 'memory', 'step-memory', 'workspace', 'json']

/** Starts a job in an open workspace. */
type Begin = (workspace: Workspace, listener: RunListener) => Promise<RunJob>

/** Checks what was asked for before a workspace is opened or made. */
async function prepare(args: Arguments): Promise<Begin> {
  checkTogether(args)
  const limits = { memory: args.number('memory'), stepMemory: args.number('step-memory') }
  const resumed = args.text('resume')
  if (resumed !== undefined) {
    return async (workspace, listener) => {
      const { continueRun } = await import('../../runs/runJob.ts')
      const total = args.number('epochs') ?? workspace.store.detail(resumed).experiment.epochs
      return continueRun(workspace, resumed, total, listener, limits)
    }
  }
  const { loadExperiment, withOptions } = await import('../experiment.ts')
  const experiment = withOptions(loadExperiment(args.positional()), args)
  return async (workspace, listener) => {
    const { startRun } = await import('../../runs/runJob.ts')
    const { datasetId } = await import('../dataset.ts')
    const id = await datasetId(workspace.datasets, args.text('dataset') ?? experiment.dataset.id)
    const started = { ...experiment, dataset: { ...experiment.dataset, id } }
    return startRun(workspace, started, listener, limits)
  }
}

function checkTogether(args: Arguments): void {
  if (args.text('resume') === undefined) {
    args.positional()
    return
  }
  const found = args.optionalPositional()
  if (found !== undefined) {
    throw new SpikedeskError('usage.together', { option: '--resume', other: `"${found}"` })
  }
  const other = args.given().find((name) => !besideResume.includes(name))
  if (other) throw new SpikedeskError('usage.together', { option: '--resume', other: `--${other}` })
}

/** Images a second over all epochs: as many images in each, so the harmonic mean of their rates. */
function meanRate(records: readonly EpochRecord[]): number | null {
  const seconds = records.reduce((sum, record) => sum + 1 / record.trainImagesPerSecond, 0)
  return records.length > 0 ? records.length / seconds : null
}

/** What became of the events of the last epoch. */
function eventsText(events: EventCounts): string {
  const { recorded, transformed } = events
  const left = transformed === recorded ? '' : `, ${count(transformed)} after the transforms`
  return `events of the last epoch ${count(recorded)}${left}: ${droppedText(events)}`
}

function report(summary: RunSummary, records: readonly EpochRecord[], output: Output): void {
  const last = records.at(-1)
  const rate = meanRate(records)
  output.event('result', {
    run: summary.id,
    state: summary.state,
    accuracy: last?.testAccuracy ?? null,
    loss: last?.trainLoss ?? summary.lastLoss,
    testLoss: last?.testLoss ?? null,
    trainAccuracy: last?.trainAccuracy ?? null,
    imagesPerSecond: rate,
    testImagesPerSecond: last?.testImagesPerSecond ?? null,
    epochs: summary.epoch,
    bestAccuracy: summary.bestTestAccuracy,
    bestEpoch: summary.bestEpoch,
    seconds: summary.seconds,
    dataset: summary.dataset,
    engine: summary.engine,
    device: summary.device,
    threads: summary.threads,
    seed: summary.seed,
    checkpoint: summary.checkpoint,
    events: last?.events ?? null,
  })
  const facts = last
    ? `test accuracy ${percent(last.testAccuracy)}, train loss ${figure(last.trainLoss)}`
    : 'no epoch was finished'
  const speed = rate === null ? '' : `, ${count(rate)} images/s`
  output.line(`${summary.state}: ${facts}${speed}, ${duration(summary.seconds)}`)
  if (last?.events) output.line(eventsText(last.events))
  output.line(`run ${summary.id}`)
  if (summary.checkpoint) output.line(`checkpoint ${summary.checkpoint}`)
}

/** What the run takes besides its samples, in MiB. */
function memoryText({ memory, recomputes, stretch }: RunJob): string {
  const mebibytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(1)} MiB`
  const whole = Object.values(memory).reduce((sum, bytes: number) => sum + bytes, 0)
  const parts = Object.entries(memory).map(([name, bytes]) => `${name} ${mebibytes(Number(bytes))}`)
  const steps = stretch === null ? '' : ` stretches of ${stretch} time steps`
  const how = recomputes ? `, recomputing${steps}` : ''
  return `memory for training ${mebibytes(whole)}${how} (${parts.join(', ')})`
}

async function trainInWorkspace(begin: Begin, workspace: Workspace, output: Output): Promise<number> {
  const progress = new Progress(output)
  const records: EpochRecord[] = []
  const job = await begin(workspace, {
    changed: (summary) => progress.changed(summary),
    metrics: (event) => progress.metrics(event),
    epoch(run, record) {
      records.push(record)
      progress.epoch(run, record)
    },
  })
  const started = workspace.store.summary(job.id)
  progress.changed(started)
  output.event('run', started)
  output.line(
    `run ${job.id}: ${started.model} on ${started.datasetName}, ${started.engine} (${started.device})`,
  )
  output.line(memoryText(job))
  let interrupted: number | null = null
  const release = onInterrupt((exitCode) => {
    interrupted = exitCode
    progress.end()
    output.note('Stopping after this batch; Ctrl-C again quits at once.')
    job.stop()
  })
  const summary = await job.finished
  release()
  progress.end()
  if (summary.error) throw fromErrorMessage(summary.error)
  report(summary, records, output)
  return summary.state === 'done' ? 0 : (interrupted ?? 1)
}

export const train: Command = {
  name: 'train',
  summary: 'Trains the network of a preset or an experiment file and keeps the run in the workspace.',
  details: [
    'An option replaces the value of the experiment, which holds where the option is left out. A dataset given by its path is added to the workspace, ' +
      'so that the run can be repeated and resumed.',
    'Samples that are made outside the engine (events, and images changed at random) are made ahead by threads of ' +
      'their own; --memory bounds what they hold, and the share of time that training waited for them is printed.',
    'Ctrl-C stops at the next batch and leaves a checkpoint to resume from; a second Ctrl-C quits at once. ' +
      'The exit code is 0 only where every epoch was done.',
    'The result holds accuracy (test images, last epoch), loss (training images, mean of the last epoch), ' +
      'imagesPerSecond (training, all epochs), run and checkpoint; of recordings also events (training, last epoch): ' +
      'recorded, transformed, and those of them outside the time of the frames (time) or the sensor (place).',
  ],
  positional: {
    name: 'preset or experiment.json',
    optional: true,
    help: 'Id of a preset, or the file of an experiment. Left out with --resume.',
  },
  options: [
    datasetOption,
    ...[encodingOption, transformOption],
    ...[limit, subset, epochs, batch, learningRate],
    ...stepOptions,
    ...[accumulation, truncation, seed, steps, engine, threads, recompute],
    withDefault(memory, 'the setting of the workspace, 512 at first'),
    withDefault(stepMemory, 'the setting of the workspace, 0 at first'),
    workspaceOption,
    resumeOption,
    jsonOption,
  ],
  examples: [
    'spikedesk train fc-leaky-100',
    'spikedesk train fc-leaky-1000 --dataset /usr/share/datasets/fashion-mnist --epochs 2 --seed 3',
    'spikedesk train events.json --dataset digit-events --transform denoise,filterTime=10000 --transform flipLR --memory 256',
    'spikedesk train fc-leaky-100 --optimizer adamw,weightDecay=0.05 --schedule cosine,warmup=1 --clipping norm,most=1',
    'spikedesk train --resume 2026-11-22-001 --epochs 20',
  ],
  async run(args, output) {
    const begin = await prepare(args)
    const { withWorkspace } = await import('../workspace.ts')
    return withWorkspace(args, (workspace) => trainInWorkspace(begin, workspace, output))
  },
}
