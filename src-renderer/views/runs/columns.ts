import type { RunSummary } from '../../../src-shared/contract.ts'
import { measured } from '../../charts/numbers.ts'
import { i18n } from '../../i18n/index.ts'
import { formatCount, formatDuration, formatPercent } from '../../i18n/numbers.ts'
import { runDatasetName } from '../../i18n/tables.ts'
import type { RunOrder } from '../../stores/runs.ts'

/** A column of the run table: what it is sorted by, how wide it is at least, how it writes its value. */
export interface RunColumn {
  id: RunOrder
  width: number
  numeric?: boolean
  text(run: RunSummary): string
}

const none = '–'
const known = <T>(value: T | null, format: (value: T) => string): string =>
  value === null ? none : format(value)

/** Date and time of day in as little room as the language allows. */
function shortMoment(iso: string): string {
  const options = { dateStyle: 'short', timeStyle: 'short' } as const
  return new Intl.DateTimeFormat(i18n.global.locale.value, options).format(new Date(iso))
}

/** The table of columns, from left to right. State is drawn by the table itself. */
export const runColumns: readonly RunColumn[] = [
  { id: 'name', width: 140, text: (run) => run.name },
  { id: 'state', width: 98, text: (run) => run.state },
  {
    id: 'bestTestAccuracy',
    width: 74,
    numeric: true,
    text: (run) => known(run.bestTestAccuracy, (share) => formatPercent(share)),
  },
  {
    id: 'lastTestAccuracy',
    width: 74,
    numeric: true,
    text: (run) => known(run.lastTestAccuracy, (share) => formatPercent(share)),
  },
  { id: 'lastLoss', width: 78, numeric: true, text: (run) => known(run.lastLoss, (loss) => measured(loss)) },
  { id: 'datasetName', width: 112, text: runDatasetName },
  { id: 'engine', width: 80, text: (run) => run.engine },
  { id: 'imagesPerSecond', width: 76, numeric: true, text: (run) => known(run.imagesPerSecond, formatCount) },
  { id: 'seconds', width: 84, numeric: true, text: (run) => formatDuration(run.seconds) },
  { id: 'createdAt', width: 148, numeric: true, text: (run) => shortMoment(run.createdAt) },
  { id: 'model', width: 126, text: (run) => run.model },
]
