import type { Split } from '../../../src-shared/contract.ts'
import type { ImportSettings } from '../../../src-shared/importFields.ts'
import type { DecodedRecording } from '../recordings/recordingFormat.ts'

/** One recording of a set that is being imported. */
export interface SourceRecording {
  split: Split
  label: number
  /** What the recordings of a split are sorted by. */
  name: string
  /** What messages call it. */
  place: string
  /** Bytes read for it, for the progress. */
  bytes: number
  /** Throws a SpikedeskError that names the file where it is damaged. */
  decode(settings: ImportSettings): DecodedRecording
}

/** One picture of a set that is being imported. */
export interface SourcePicture {
  split: Split
  label: number
  name: string
  place: string
  bytes: number
  decode(): DecodedPicture | Promise<DecodedPicture>
}

/** `[C,H,W]` and its pixels, row-major. */
export interface DecodedPicture {
  shape: [channels: number, height: number, width: number]
  pixels: Uint8Array
}

interface SourceFacts {
  /** Suggested; the library makes it unique. */
  id: string
  name: string
  format: string
  origin: string
  licence: string
  known: string | null
  /** Names, at most 256. */
  classes: string[]
  /** What will be read, for the progress. */
  bytes: number
  count: number
  /** What the dataset was made with, kept on its card. */
  settings: Record<string, number | string | boolean>
  close(): Promise<void>
}

/** A set of recordings, found and ready to be read. */
export interface EventSource extends SourceFacts {
  kind: 'events'
  /** Pixels; null where the recordings say it. */
  sensor: [width: number, height: number] | null
  polarities: 1 | 2
  simulated: boolean
  samples(): AsyncIterable<SourceRecording>
}

/** A set of pictures, found and ready to be read. */
export interface PictureSource extends SourceFacts {
  kind: 'images'
  samples(): AsyncIterable<SourcePicture>
}

export type ImportSource = EventSource | PictureSource
