import type { ImageDataset } from './dataset.ts'
import type { DataLocation } from './location.ts'

/** A dataset as its format gives it: `id` is a suggestion, `files` are the absolute paths that were read. */
export interface OpenedDataset {
  dataset: ImageDataset
  files: string[]
}

/** A kind of file or folder that holds images with labels. Adding one touches its own file and `formats.ts`. */
export interface DatasetFormat {
  id: string
  label: string
  /** Whether the location holds data of this format, by its names and first bytes; cheap. */
  match(location: DataLocation): Promise<boolean>
  /** Reads and checks everything. Throws a SpikedeskError that names the file where something is wrong. */
  open(location: DataLocation): Promise<OpenedDataset>
}
