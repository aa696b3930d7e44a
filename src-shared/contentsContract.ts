import { z } from 'zod'
import type { ExportResult } from './checkpointContract.ts'
import type { FoundHistory } from './importedNetwork.ts'
import { request } from './requestDefinition.ts'

/** Requests about what is in a checkpoint file, value by value; part of the contract, see `contract.ts`. */

/** Numbers over all elements; those that are not finite are counted, and left out of the others. */
export interface TensorStatistics {
  count: number
  nan: number
  infinite: number
  /** How many are 0. */
  zeros: number
  /** Different finite values; null where there are more than 65,536. */
  distinct: number | null
  min: number
  max: number
  mean: number
  /** Of all elements, not of a sample of them. */
  deviation: number
  /** Euclidean length. */
  norm: number
}

/** Rows along the first axis that tell little; the first 1,000 of each kind are listed. */
export interface RowFacts {
  rows: number
  /** Nothing but zeros. */
  zero: { count: number; rows: number[] }
  /** Shorter than a hundredth of the longest row, and not zero. */
  tiny: { count: number; rows: number[] }
}

/** What is known of one tensor. */
export interface TensorFacts {
  type: string
  shape: number[]
  /** Where it lay when it was saved; empty where the format does not say. */
  device: string
  bytes: number
  /** Null where its elements are no single numbers. */
  statistics: TensorStatistics | null
  /** Null of vectors and scalars. */
  rows: RowFacts | null
}

/** Which axes of a tensor make the rows and columns of a matrix; the others stand at one index each. */
export interface TensorSlice {
  rows: number[]
  columns: number[]
  /** One index for each axis; those of rows and columns do not matter. */
  at: number[]
}

/** A part of a matrix. */
export interface MatrixWindow {
  row: number
  column: number
  rows: number
  columns: number
}

/** Some values of a slice, row-major, and the size of the whole matrix. */
export interface SliceValues extends MatrixWindow {
  allRows: number
  allColumns: number
  values: Float64Array
}

/** Means over equal blocks of a part of a slice, `[tall, wide]` row-major. */
export interface SliceHeatMap extends MatrixWindow {
  allRows: number
  allColumns: number
  tall: number
  wide: number
  values: Float32Array
}

/** Some of the pictures that a tensor is cut into, `[count, height, width]`. */
export interface TensorPictures {
  /** How many there are in all. */
  total: number
  first: number
  count: number
  values: Float32Array
}

/** A single value beside the weights. */
export interface FoundSetting {
  path: string[]
  type: string
  text: string
}

/** What training left in the file beside the weights. */
export interface TrainingRecord {
  settings: FoundSetting[]
  histories: FoundHistory[]
}

export const tensorFileFormats = ['npy', 'csv'] as const
export type TensorFileFormat = (typeof tensorFileFormats)[number]

/** One of the parts that make a file, to be put one after the other. */
export interface TensorFilePart {
  bytes: Uint8Array
  parts: number
}

const path = z.string().min(1).max(4096)
const tensor = z.array(z.string().max(4096)).max(100)
const index = z.int().min(0).max(4294967295)
const axes = z.array(z.int().min(0).max(63)).max(64)
const slice = z.strictObject({ rows: axes, columns: axes, at: z.array(index).max(64) })
const format = z.enum(tensorFileFormats)

export const contentsRequests = {
  'contents.tensor': request<TensorFacts>()(z.strictObject({ path, tensor })),
  /** Elements in equal bins from the least to the largest finite one. */
  'contents.histogram': request<{ min: number; max: number; counts: Uint32Array }>()(
    z.strictObject({ path, tensor, bins: z.int().min(1).max(1024) }),
  ),
  'contents.values': request<SliceValues>()(
    z.strictObject({
      ...{ path, tensor, slice, row: index, column: index },
      rows: z.int().min(1).max(512),
      columns: z.int().min(1).max(512),
    }),
  ),
  /** At most `most` blocks each way over the part that is asked for. */
  'contents.heatMap': request<SliceHeatMap>()(
    z.strictObject({
      ...{ path, tensor, slice, row: index, column: index, rows: index, columns: index },
      most: z.int().min(1).max(1024),
    }),
  ),
  /** The elements in their order as pictures of `height` by `width`; what is left over at the end is left out. */
  'contents.pictures': request<TensorPictures>()(
    z.strictObject({
      ...{ path, tensor, first: index },
      count: z.int().min(1).max(1024),
      height: z.int().min(1).max(512),
      width: z.int().min(1).max(512),
    }),
  ),
  /** The whole of a text or number that the tree cuts short; at most a million characters. */
  'contents.text': request<{ text: string; length: number }>()(z.strictObject({ path, at: tensor })),
  /** The numbers of a list; null where it holds anything else. */
  'contents.numbers': request<Float64Array | null>()(z.strictObject({ path, at: tensor })),
  'contents.training': request<TrainingRecord>()(z.strictObject({ path })),
  /** Writes one tensor to `to`; fails with `export.exists` where that is there and may not be replaced. */
  'contents.export': request<ExportResult>()(
    z.strictObject({ path, tensor, format, to: path, overwrite: z.boolean() }),
  ),
  /** A part of the file that `contents.export` would write, for hosts that save files themselves. */
  'contents.filePart': request<TensorFilePart>()(z.strictObject({ path, tensor, format, part: index })),
} as const
