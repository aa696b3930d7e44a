import type { ImportSettings } from '../../src-shared/importFields.ts'
import type { Dataset } from './dataset.ts'
import type { ImportSource } from './importing/source.ts'
import type { DataLocation } from './location.ts'

/** A dataset as its format gives it: `id` is a suggestion, `files` are the absolute paths that were read. */
export interface OpenedDataset {
  dataset: Dataset
  files: string[]
}

interface Recognised {
  id: string
  label: string
  /** Whether the location holds data of this format, by its names and first bytes; cheap. */
  match(location: DataLocation): Promise<boolean>
}

/** A kind of file or folder that is read whole when it is opened. */
export interface OpenedFormat extends Recognised {
  /** Reads and checks everything. Throws a SpikedeskError that names the file where something is wrong. */
  open(location: DataLocation): Promise<OpenedDataset>
}

/** A kind of archive or folder whose many samples are imported once into the workspace. */
export interface ImportedFormat extends Recognised {
  /**
   * Lists what is there, without reading the samples; the caller closes the source.
   * Throws a SpikedeskError that says what is missing.
   */
  survey(location: DataLocation, settings: ImportSettings): Promise<ImportSource>
}

/** A kind of dataset. Adding one touches its own file and `formats.ts`. */
export type DatasetFormat = OpenedFormat | ImportedFormat
