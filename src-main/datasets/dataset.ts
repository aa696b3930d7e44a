import type { ImportFinding } from '../../src-shared/contract.ts'
import type { EventRoom } from './packed/eventRoom.ts'

/** Images and labels of one split, as bytes. */
export interface ImageSplit {
  count: number
  /** `[count, ...shape]`, row-major, one byte a value. */
  images: Uint8Array
  /** `[count]`, class indices. */
  labels: Uint8Array
}

/** What is known of a dataset besides its samples. */
export interface DatasetFacts {
  id: string
  name: string
  /** Name of the format that recognised it. */
  format: string
  /** Folder or file it came from; null where it is bundled. */
  path: string | null
  /** Where it comes from and under which licence, in words. */
  origin: string
  licence: string
  /** Of a sample: `[C,H,W]` of images, `[P,H,W]` of events (P polarities on a sensor of H × W pixels). */
  shape: number[]
  classes: string[]
  /** SHA-256 over the decoded bytes of both splits, hex. */
  checksum: string
  /** Name of the known publication that the files' checksums match; null where they match none. */
  known: string | null
  bytesOnDisk: number
  /** What its import found and did; left out where nothing was imported. */
  findings?: readonly ImportFinding[]
  /** How it was imported; left out where nothing was. */
  settings?: Readonly<Record<string, number | string | boolean>>
}

/** A dataset of images, opened and decoded. */
export interface ImageDataset extends DatasetFacts {
  kind: 'images'
  train: ImageSplit
  test: ImageSplit
}

/** One recording: an address event an entry, ordered by time. */
export interface EventRecording {
  /** Microseconds from the start of the recording. */
  t: Uint32Array
  x: Uint16Array
  y: Uint16Array
  /** 1 is ON (brighter), 0 is OFF. */
  p: Uint8Array
}

/** Where the recordings of a split lie packed, for readers in other threads; see `packed/eventWords.ts`. */
export interface PackedRecordings {
  path: string
  /** `[count]`: byte of the file at which each recording begins. */
  offsets: Float64Array
}

/** Recordings and labels of one split; a recording is read when it is asked for. */
export interface EventSplit {
  count: number
  /** `[count]`, class indices. */
  labels: Uint8Array
  /** `[count]`: events of each recording. */
  eventCounts: Uint32Array
  /** `[count]`: from the first to the last event of each recording, µs. */
  durations: Uint32Array
  /**
   * In columns of `room` where one is given, which whoever reads many should give. Throws `dataset.` errors that name the
   * file where it cannot be read.
   */
  recording(index: number, room?: EventRoom): EventRecording
  packed: PackedRecordings
}

/** A dataset of event recordings, opened. */
export interface EventDataset extends DatasetFacts {
  kind: 'events'
  train: EventSplit
  test: EventSplit
  /** True where the events were made from images and no camera saw them. */
  simulated: boolean
}

export type Dataset = ImageDataset | EventDataset
