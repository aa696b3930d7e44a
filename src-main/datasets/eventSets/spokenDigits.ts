import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Split } from '../../../src-shared/contract.ts'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { ImportedFormat } from '../format.ts'
import { Hdf5File, looksLikeHdf5 } from '../hdf5/hdf5File.ts'
import { labelValues, numberLists, textValues, type NumberLists } from '../hdf5/lists.ts'
import type { EventSource, SourceRecording } from '../importing/source.ts'
import type { DataLocation } from '../location.ts'
import { placeName, slug } from '../naming.ts'
import { startTimes } from '../recordings/eventColumns.ts'
import type { DecodedRecording } from '../recordings/recordingFormat.ts'
import { splitNamed } from './layout.ts'

/**
 * Spiking Heidelberg Digits and Spiking Speech Commands (Cramer, Stradmann, Schemmel, Zenke 2020): HDF5 files with
 * the times in seconds (16-bit floats) and the channel of every spike, a list for each recording.
 */
const channels = 700
/** Recordings read at once. */
const batch = 64

const families = {
  shd: {
    id: 'shd',
    name: 'SHD',
    origin: 'Spiking Heidelberg Digits (Cramer, Stradmann, Schemmel, Zenke 2020)',
    licence: 'CC BY 4.0',
    classes: 20,
  },
  ssc: {
    id: 'ssc',
    name: 'SSC',
    origin: 'Spiking Speech Commands (Cramer, Stradmann, Schemmel, Zenke 2020)',
    licence: 'CC BY 4.0',
    classes: 35,
  },
} as const

const isHdf5 = (name: string): boolean => /\.(h5|hdf5)$/i.test(name)

/** The files of a location, by split; a single one that names no split is for training. */
function filesOf({ kind, folder, selected, files }: DataLocation): Partial<Record<Split, string>> {
  const found: Partial<Record<Split, string>> = {}
  const prefix = (name: string): string => name.toLowerCase().split(/train|test|valid/)[0]
  for (const name of files.filter(isHdf5)) {
    const split = splitNamed(name)
    const wanted = kind === 'folder' || name === selected || (selected && prefix(name) === prefix(selected))
    if (wanted && split !== null) found[split] ??= join(folder, name)
  }
  if (kind === 'file' && selected && splitNamed(selected) === null) return { train: join(folder, selected) }
  return found
}

export const spokenDigits: ImportedFormat = {
  id: 'shd',
  label: 'SHD and SSC (HDF5)',
  async match(location) {
    if (location.kind === 'file') return looksLikeHdf5(location.path)
    const [first] = Object.values(filesOf(location))
    return first !== undefined && looksLikeHdf5(first)
  },
  survey,
}

interface OpenSplit {
  split: Split
  file: Hdf5File
  times: NumberLists
  units: NumberLists
  labels: Uint8Array
  /** Bytes of the file for each recording, for the progress. */
  bytes: number
}

async function openSplit(split: Split, path: string): Promise<OpenSplit> {
  const { size } = await stat(path)
  const file = new Hdf5File(path)
  try {
    const times = numberLists(file, 'spikes/times')
    const units = numberLists(file, 'spikes/units')
    const labels = labelValues(file, 'labels', times.count)
    if (units.count !== times.count) {
      const found = { phrase: 'found.entries', count: units.count } as const
      const wanted = { phrase: 'found.entries', count: times.count } as const
      throw new SpikedeskError('hdf.shape', { file: path, name: 'spikes/units', found, wanted })
    }
    return { split, file, times, units, labels, bytes: size / Math.max(1, times.count) }
  } catch (thrown) {
    file.close()
    throw thrown
  }
}

function classNames(file: Hdf5File, count: number): string[] {
  const names = textValues(file, 'extra/keys')
  return names.length >= count ? names : Array.from({ length: count }, (_, i) => names[i] ?? String(i))
}

async function survey(location: DataLocation, settings: object): Promise<EventSource> {
  const splits: OpenSplit[] = []
  const close = (): void => splits.splice(0).forEach(({ file }) => file.close())
  try {
    for (const [split, path] of Object.entries(filesOf(location)))
      splits.push(await openSplit(split as Split, path))
    if (splits.length === 0) throw new SpikedeskError('dataset.notImported', { path: location.path })
    const largest = splits.reduce((most, { labels }) => labels.reduce((a, b) => Math.max(a, b), most), 0)
    const classes = classNames(splits[0].file, largest + 1)
    const family = Object.values(families).find((known) => known.classes === classes.length)
    const name = family?.name ?? (placeName(location.path) || 'dataset')
    return {
      kind: 'events',
      id: family?.id ?? slug(name),
      name,
      format: spokenDigits.label,
      origin: family ? `by its layout ${family.origin}` : 'a file of this machine',
      licence: family?.licence ?? 'unknown',
      known: null,
      classes,
      sensor: [channels, 1],
      polarities: 1,
      simulated: false,
      settings: { ...settings },
      bytes: splits.reduce((sum, { bytes, labels }) => sum + bytes * labels.length, 0),
      count: splits.reduce((sum, { labels }) => sum + labels.length, 0),
      samples: () => readSamples(splits),
      close: () => Promise.resolve(close()),
    }
  } catch (thrown) {
    close()
    throw thrown
  }
}

async function* readSamples(splits: readonly OpenSplit[]): AsyncGenerator<SourceRecording> {
  for (const { split, file, times, units, labels, bytes } of splits) {
    for (let first = 0; first < labels.length; first += batch) {
      const last = Math.min(first + batch, labels.length)
      const [t, x] = [times.read(first, last), units.read(first, last)]
      for (let i = first; i < last; i++) {
        const place = `${file.path}: ${i}`
        yield {
          ...{ split, label: labels[i], bytes, place },
          name: String(i).padStart(10, '0'),
          decode: () => decodeSpikes(t[i - first], x[i - first], place),
        }
      }
    }
  }
}

/** Seconds become whole µs, cut off as tonic does; a channel is an x, and every spike is ON. */
function decodeSpikes(seconds: ArrayLike<number>, unit: ArrayLike<number>, place: string): DecodedRecording {
  if (seconds.length !== unit.length) {
    const data = { file: place, found: `[${unit.length}]`, wanted: { phrase: 'wanted.eventVector' } as const }
    throw new SpikedeskError('array.shape', data)
  }
  const t = startTimes(
    Float64Array.from(seconds, (time) => Math.trunc(time * 1e6)),
    place,
  )
  const count = t.length
  const x = Uint16Array.from(unit, (channel) => Math.min(Number(channel), 0xffff))
  return {
    events: { t, x, y: new Uint16Array(count), p: new Uint8Array(count).fill(1) },
    sensor: null,
    dropped: 0,
  }
}
