import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import { reasonOf } from '../../../src-shared/errors/reason.ts'
import type { Dataset, EventSplit, ImageSplit } from '../dataset.ts'
import type { OpenedDataset } from '../format.ts'
import { eventsHeadBytes } from './eventSplitWriter.ts'
import { eventBytes } from './eventWords.ts'
import { manifestName, packedDamaged, readManifest, type Manifest } from './manifest.ts'
import { openRecordingFile, type RecordingFile } from './recordingFile.ts'
import { decodeIndex, type SplitIndex } from './splitIndex.ts'

/** Files that are closed when nobody holds what reads from them. */
const closing = new FinalizationRegistry<RecordingFile>((file) => file.close())

function unreadable(path: string, thrown: unknown): SpikedeskError {
  if (thrown instanceof SpikedeskError) return thrown
  return new SpikedeskError('dataset.unreadable', { path, reason: reasonOf(thrown) }, thrown)
}

function readIndex(folder: string, split: string, eventsLength: number): SplitIndex {
  const path = join(folder, `${split}.index`)
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (thrown) {
    throw unreadable(path, thrown)
  }
  const index = decodeIndex(bytes)
  const inside = (offset: number, i: number): boolean =>
    Number.isSafeInteger(offset) &&
    offset >= eventsHeadBytes &&
    offset + eventBytes * (index?.eventCounts[i] ?? 0) <= eventsLength
  if (!index?.offsets.every(inside)) throw packedDamaged(path)
  return index
}

/** Reads recordings of one split at random; nothing of the file of events is kept in memory. */
function openEvents(folder: string, split: string, { files, classes }: Manifest): EventSplit {
  const path = join(folder, `${split}.events`)
  let size: number
  try {
    size = statSync(path).size
  } catch (thrown) {
    throw unreadable(path, thrown)
  }
  if (size !== files[`${split}.events`]?.bytes) throw packedDamaged(path)
  const { offsets, ...index } = readIndex(folder, split, size)
  if (index.labels.some((label) => label >= classes.length)) throw packedDamaged(path)
  const file = openRecordingFile(path)
  const found: EventSplit = {
    ...index,
    count: index.labels.length,
    packed: { path, offsets },
    recording: (at, room) => file.read(offsets[at], index.eventCounts[at], room),
  }
  closing.register(found.recording, file)
  return found
}

function openImages(folder: string, split: string, { files, shape, classes }: Manifest): ImageSplit {
  const read = (name: string): Uint8Array => {
    const path = join(folder, name)
    try {
      const bytes = readFileSync(path)
      if (bytes.length !== files[name]?.bytes) throw packedDamaged(path)
      return bytes
    } catch (thrown) {
      throw unreadable(path, thrown)
    }
  }
  const [labels, images] = [read(`${split}.labels`), read(`${split}.pixels`)]
  const size = shape.reduce((product, length) => product * length, 1)
  if (images.length !== labels.length * size || labels.some((label) => label >= classes.length))
    throw packedDamaged(join(folder, `${split}.pixels`))
  return { count: labels.length, images, labels }
}

/**
 * Opens a dataset that was imported into `folder`; `id` is how it is listed.
 * @throws SpikedeskError `dataset.packedDamaged`, `dataset.packedVersion`, `dataset.unreadable`
 */
export function openPacked(folder: string, id: string): OpenedDataset {
  const manifest = readManifest(folder)
  const { version: _version, kind, simulated, files, ...known } = manifest
  const bytesOnDisk = Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0)
  const facts = { ...known, id, bytesOnDisk }
  const dataset: Dataset =
    kind === 'images'
      ? {
          ...facts,
          kind,
          train: openImages(folder, 'train', manifest),
          test: openImages(folder, 'test', manifest),
        }
      : {
          ...facts,
          kind,
          simulated,
          train: openEvents(folder, 'train', manifest),
          test: openEvents(folder, 'test', manifest),
        }
  return { dataset, files: [manifestName, ...Object.keys(files)].map((name) => join(folder, name)) }
}
