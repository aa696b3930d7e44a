import type { ImportSettings } from '../../../src-shared/importFields.ts'
import type { EventRecording } from '../dataset.ts'

/** What the bytes of one recording hold. */
export interface DecodedRecording {
  events: EventRecording
  /** Pixels of the sensor where the file names them. */
  sensor: [width: number, height: number] | null
  /** Events that the rules and choices of the settings leave away: markers, and what stabilisation moves out. */
  dropped: number
}

/** A kind of file that holds one recording. Adding one touches its own file and `index.ts`. */
export interface RecordingFormat {
  id: string
  label: string
  /** How the names of such files end, lower case, with the dot. */
  endings: readonly string[]
  /** Whether the first bytes (4 KiB, or the whole of a shorter file) may belong to one. */
  match(head: Uint8Array): boolean
  /**
   * Decodes a whole file. The order of the events is kept as it is.
   * @param file what messages call it
   * @throws SpikedeskError with a `recording.` code
   */
  decode(bytes: Uint8Array, file: string, settings: ImportSettings): DecodedRecording
}
