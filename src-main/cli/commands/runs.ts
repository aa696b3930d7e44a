import type { EventCounts, RunSummary } from '../../../src-shared/contract.ts'
import { errorSentence } from '../../../src-shared/errors/index.ts'
import type { Command } from '../command.ts'
import { count, duration, figure, percent } from '../figures.ts'
import { jsonOption, workspaceOption } from '../options.ts'
import { tableLines } from '../table.ts'

const options = [workspaceOption, jsonOption]

const share = (value: number | null): string => (value === null ? '-' : percent(value))

function summaryRow(run: RunSummary): (string | number)[] {
  return [
    run.id,
    run.name,
    run.state,
    run.datasetName,
    `${run.epoch}/${run.epochs}`,
    share(run.bestTestAccuracy),
    share(run.lastTestAccuracy),
    figure(run.lastLoss),
    duration(run.seconds),
    run.createdAt,
  ]
}

/** Shares of the events that an epoch trained on which no frame shows. */
function droppedShares(events: EventCounts | null): string[] {
  if (!events) return ['-', '-']
  return [events.time, events.place].map((dropped) => percent(dropped / Math.max(1, events.transformed)))
}

export const runsList: Command = {
  name: 'runs list',
  summary: 'Lists the runs of the workspace, newest first.',
  details: [],
  options,
  examples: [],
  async run(args, output) {
    const { withReadWorkspace } = await import('../workspace.ts')
    const runs = await withReadWorkspace(args, async (workspace) => workspace?.store.list() ?? [])
    const heading = ['run', 'name', 'state', 'dataset', 'epochs', 'best', 'last', 'loss', 'time', 'created']
    for (const line of tableLines([heading, ...runs.map(summaryRow)])) output.line(line)
    output.event('result', { runs })
    return 0
  },
}

export const runsShow: Command = {
  name: 'runs show',
  summary: 'Describes one run: its settings, its epochs, its checkpoint.',
  details: ['With --json the result holds the whole experiment, every epoch and the loss of every batch.'],
  positional: { name: 'run', help: 'Id of a run, as runs list prints it.' },
  options,
  examples: [],
  async run(args, output) {
    const { withReadWorkspace, workspaceFolder } = await import('../workspace.ts')
    const { SpikedeskError } = await import('../../../src-shared/errors/index.ts')
    const id = args.positional()
    const { detail, history } = await withReadWorkspace(args, async (workspace) => {
      if (!workspace) throw new SpikedeskError('run.unknown', { run: id, path: workspaceFolder(args) })
      return { detail: workspace.store.detail(id), history: workspace.store.history(id) }
    })
    const facts: [string, string][] = [
      ['state', detail.error ? errorSentence(detail.error.code, detail.error.data) : detail.state],
      ['model', detail.model],
      ['dataset', `${detail.datasetName} (${detail.datasetChecksum})`],
      ['engine', `${detail.engine}, ${detail.device}`],
      ['seed', String(detail.seed)],
      ['folder', detail.folder],
      ['checkpoint', detail.checkpoint ?? 'none yet'],
    ]
    output.line(`${detail.name} (${detail.id})`)
    for (const line of tableLines(facts)) output.line(`  ${line}`)
    output.line()
    const heading = ['epoch', 'train loss', 'accuracy', 'test loss', 'accuracy', 'images/s', 'time']
    const dropping = history.epochs.some(({ events }) => events !== null)
    if (dropping) heading.push('outside frames', 'outside sensor')
    const rows = history.epochs.map((record) => [
      record.epoch,
      figure(record.trainLoss),
      percent(record.trainAccuracy),
      figure(record.testLoss),
      percent(record.testAccuracy),
      count(record.trainImagesPerSecond),
      duration(record.seconds),
      ...(dropping ? droppedShares(record.events) : []),
    ])
    for (const line of tableLines([heading, ...rows])) output.line(`  ${line}`)
    output.event('result', { ...detail, history: { ...history, losses: Array.from(history.losses) } })
    return 0
  },
}
