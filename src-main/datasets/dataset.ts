/** Images and labels of one split, as bytes. */
export interface ImageSplit {
  count: number
  /** `[count, ...shape]`, row-major, one byte a value. */
  images: Uint8Array
  /** `[count]`, class indices. */
  labels: Uint8Array
}

/** A dataset opened and decoded. */
export interface ImageDataset {
  id: string
  name: string
  /** Name of the format that recognised it. */
  format: string
  /** Folder or file it came from; null where it is bundled. */
  path: string | null
  /** Where it comes from and under which licence, in words. */
  origin: string
  licence: string
  /** `[C,H,W]`. */
  shape: number[]
  classes: string[]
  train: ImageSplit
  test: ImageSplit
  /** SHA-256 over the decoded bytes of both splits, hex. */
  checksum: string
  /** Name of the known publication that the files' checksums match; null where they match none. */
  known: string | null
  bytesOnDisk: number
}
