import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { EventColumns } from './eventColumns.ts'
import { recordingOf } from './eventColumns.ts'
import { columnNames, microseconds } from './npyEvents.ts'
import type { RecordingFormat } from './recordingFormat.ts'

/** Events as text, one a line, with commas, semicolons, tabs or spaces between the numbers; a header may name them. */
const separator = /\s*[,;\t]\s*|\s+/
const lineLimit = 1000
const longestShown = 60

function badLine(file: string, line: number, text: string): SpikedeskError {
  const found = text.length > longestShown ? `${text.slice(0, longestShown)}…` : text
  return new SpikedeskError('recording.line', { file, line, found, wanted: { phrase: 'wanted.txyp' } })
}

/** Which column of a line is which; null where the line names none. */
function headerOrder(cells: readonly string[]): string | null {
  const names = cells.map((cell) => cell.replace(/^["#\s]+|"+$/g, '').toLowerCase())
  const order = names.map(
    (name) => Object.entries(columnNames).find(([, known]) => known.includes(name))?.[0] ?? '-',
  )
  return ['t', 'x', 'y', 'p'].every((key) => order.includes(key)) ? order.join('') : null
}

const words: Readonly<Record<string, number>> = { true: 1, false: 0, on: 1, off: 0 }

function numberOf(cell: string): number {
  const known = words[cell.toLowerCase()]
  return known ?? (cell === '' ? NaN : Number(cell))
}

function* lines(text: string): Generator<[number, string]> {
  let number = 0
  for (let at = 0; at < text.length;) {
    const found = text.indexOf('\n', at)
    const end = found < 0 ? text.length : found
    number++
    // A line this long is no event, and need not be split.
    yield [number, text.slice(at, Math.min(end, at + lineLimit)).trim()]
    at = end + 1
  }
}

function parse(text: string, file: string, usual: string): EventColumns {
  const columns = { t: [] as number[], x: [] as number[], y: [] as number[], p: [] as number[] }
  let order: string | null = null
  for (const [number, line] of lines(text)) {
    if (line === '' || line.startsWith('%')) continue
    const cells = line.split(separator)
    if (order === null) {
      order = headerOrder(cells) ?? usual
      if (order !== usual || Number.isNaN(numberOf(cells[0]))) {
        if (headerOrder(cells) === null) throw badLine(file, number, line)
        continue
      }
    }
    for (const key of ['t', 'x', 'y', 'p'] as const) {
      const value = numberOf(cells[order.indexOf(key)] ?? '')
      if (Number.isNaN(value)) throw badLine(file, number, line)
      columns[key].push(value)
    }
  }
  return columns
}

export const csvEvents: RecordingFormat = {
  id: 'csv-events',
  label: 'events as text (.csv)',
  endings: ['.csv'],
  match: (head) => head.length > 0 && !head.includes(0),
  decode(bytes, file, { columns: order, timeUnit }) {
    const columns = parse(new TextDecoder().decode(bytes), file, order)
    const factor = microseconds[timeUnit]
    const t = Float64Array.from(columns.t, (time) => Math.round(time * factor))
    return { events: recordingOf({ ...columns, t }, file), sensor: null, dropped: 0 }
  },
}
