import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { ImportSettings } from '../../../src-shared/importFields.ts'
import { elementsOf, looksLikeNpy, npyValues, readNpy, type NpyArray } from '../arrays/npy.ts'
import { looksLikeZip, readNpz } from '../arrays/npz.ts'
import { recordingOf, type EventColumns } from './eventColumns.ts'
import type { DecodedRecording, RecordingFormat } from './recordingFormat.ts'

/** µs in each unit of time. */
export const microseconds = { us: 1, ms: 1e3, s: 1e6 } as const

/** Names that arrays, fields and columns have in the wild. */
export const columnNames: Readonly<Record<keyof EventColumns, readonly string[]>> = {
  t: ['t', 'ts', 'time', 'times', 'timestamp', 'timestamps'],
  x: ['x', 'xs', 'x_pos'],
  y: ['y', 'ys', 'y_pos'],
  p: ['p', 'ps', 'pol', 'polarity', 'polarities'],
}

const keys = ['t', 'x', 'y', 'p'] as const

function decoded(columns: EventColumns, file: string, { timeUnit }: ImportSettings): DecodedRecording {
  const factor = microseconds[timeUnit]
  const t = factor === 1 ? columns.t : Float64Array.from(columns.t, (time) => Math.round(time * factor))
  return { events: recordingOf({ ...columns, t }, file), sensor: null, dropped: 0 }
}

function fieldColumns(array: NpyArray, file: string): EventColumns {
  const column = (key: keyof EventColumns): Float64Array => {
    const field = array.fields.find(({ name }) => columnNames[key].includes(name.toLowerCase()))
    if (field) return npyValues(array, field)
    const holds = array.fields.map(({ name }) => name).join(', ')
    throw new SpikedeskError('array.missing', { file, wanted: key, holds })
  }
  return { t: column('t'), x: column('x'), y: column('y'), p: column('p') }
}

function rowColumns(array: NpyArray, file: string, order: string): EventColumns {
  const { shape, fields, columns } = array
  if (shape.length !== 2 || shape[1] !== 4) {
    const data = { file, found: `[${shape.join(', ')}]`, wanted: { phrase: 'wanted.eventArray' } as const }
    throw new SpikedeskError('array.shape', data)
  }
  const [count] = shape
  const column = (key: keyof EventColumns): Float64Array => {
    const at = order.indexOf(key)
    return columns
      ? npyValues(array, fields[0], at * count, count)
      : npyValues(array, fields[0], at, count, 4)
  }
  return { t: column('t'), x: column('x'), y: column('y'), p: column('p') }
}

/** The columns of an array of events: a structured one, or rows of four numbers in the given order. */
export function arrayColumns(array: NpyArray, file: string, order: string): EventColumns {
  return array.fields.length > 1 ? fieldColumns(array, file) : rowColumns(array, file, order)
}

export const npyEvents: RecordingFormat = {
  id: 'npy-events',
  label: 'NumPy array of events (.npy)',
  endings: ['.npy'],
  match: looksLikeNpy,
  decode: (bytes, file, settings) =>
    decoded(arrayColumns(readNpy(bytes, file), file, settings.columns), file, settings),
}

function archiveColumns(bytes: Uint8Array, file: string): EventColumns {
  const archive = readNpz(bytes, file)
  const arrays = keys.map((key) => {
    const name = archive.names.find((candidate) => columnNames[key].includes(candidate.toLowerCase()))
    return archive.array(name ?? key)
  })
  const count = elementsOf(arrays[0])
  const values = arrays.map((array, i) => {
    if (array.shape.length === 1 && elementsOf(array) === count) return npyValues(array, array.fields[0])
    throw new SpikedeskError('array.shape', {
      file: `${file}: ${keys[i]}`,
      found: `[${array.shape.join(', ')}]`,
      wanted: { phrase: 'wanted.eventVector' },
    })
  })
  return { t: values[0], x: values[1], y: values[2], p: values[3] }
}

/** spikingjelly keeps its recordings so: arrays t, x, y and p. */
export const npzEvents: RecordingFormat = {
  id: 'npz-events',
  label: 'NumPy arrays t, x, y, p (.npz)',
  endings: ['.npz'],
  match: looksLikeZip,
  decode: (bytes, file, settings) => decoded(archiveColumns(bytes, file), file, settings),
}
