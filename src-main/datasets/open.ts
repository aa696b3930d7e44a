import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { importSettings } from '../../src-shared/importFields.ts'
import type { DatasetFormat, OpenedDataset } from './format.ts'
import { formats } from './formats.ts'
import { holdsNoImages, locate, type DataLocation } from './location.ts'
import { describeRecording, looksLikeRecording } from './recordings/describe.ts'
import { readHead } from './read.ts'
import { describeStranger } from './stranger.ts'

/** A location, and the first format that recognises it. */
export interface RecognisedLocation {
  location: DataLocation
  format: DatasetFormat
}

/** The format of a file that is one recording of events; null where it is none that can be read. */
async function singleRecording(path: string): Promise<string | null> {
  if (!(await looksLikeRecording(path))) return null
  try {
    return (await describeRecording(path, importSettings())).format
  } catch (thrown) {
    if (thrown instanceof SpikedeskError) return null
    throw thrown
  }
}

/**
 * Finds the format of a folder or file.
 * @throws SpikedeskError with one of the `dataset.` codes, naming the file
 */
export async function recognise(path: string): Promise<RecognisedLocation> {
  const location = await locate(path)
  for (const format of formats) {
    if (await format.match(location)) return { location, format }
  }
  if (location.kind === 'folder') throw holdsNoImages(location)
  const recording = await singleRecording(location.path)
  if (recording !== null)
    throw new SpikedeskError('dataset.singleRecording', { path: location.path, format: recording })
  const head = await readHead(location.path)
  throw new SpikedeskError('dataset.notData', {
    path: location.path,
    found: describeStranger(head.bytes, head.gzip),
  })
}

/**
 * Opens a folder or file of a format that needs no import.
 * @throws SpikedeskError with one of the `dataset.` codes, naming the file; `dataset.notImported`
 */
export async function openDataset(path: string): Promise<OpenedDataset> {
  const { location, format } = await recognise(path)
  if ('open' in format) return format.open(location)
  throw new SpikedeskError('dataset.notImported', { path: location.path })
}
