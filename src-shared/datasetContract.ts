import { z } from 'zod'
import type { ErrorMessage } from './errors/index.ts'
import { fieldValues } from './experimentSchema.ts'
import { request } from './requestDefinition.ts'
import { id, job, nothing, sampleIndex, split } from './requestFields.ts'

/** Requests about datasets and their samples, part of the contract; see `contract.ts`. */

/** What an import found that is not as it should be. */
export type FindingKind =
  'unreadable' | 'empty' | 'unsorted' | 'outside' | 'tooLong' | 'size' | 'duplicated' | 'dropped' | 'missing'

/** One kind of finding of an import and what became of it. */
export interface ImportFinding {
  kind: FindingKind
  done: 'kept' | 'leftOut' | 'repaired'
  /** Recordings or pictures concerned. */
  samples: number
  /** Events concerned; 0 where none are countable. */
  events: number
  /** Some of them, with the reason where they differ. */
  names: string[]
}

/** What is known of the events of a dataset of recordings. */
export interface EventFacts {
  /** `[W,H,P]` in pixels and polarities. */
  sensor: [width: number, height: number, polarities: number]
  trainEvents: number
  testEvents: number
  /** Mean number of events of a recording, by class, over both splits. */
  meanPerClass: number[]
  /** From the first to the last event of a recording, µs. */
  duration: { shortest: number; mean: number; longest: number }
  /** True where they were made from images and no camera saw them. */
  simulated: boolean
}

/** How far an import is; at most five a second. */
export interface ImportProgress {
  /** What is imported. */
  path: string
  samples: number
  totalSamples: number
  bytes: number
  totalBytes: number
  bytesPerSecond: number
  /** Null in its first second. */
  etaSeconds: number | null
}

/** What stands in the way of an import that takes no sample with a problem. */
export interface RefusedImport {
  path: string
  /** Samples that were looked at. */
  samples: number
  /** What would be left out or repaired, were that asked for. */
  findings: ImportFinding[]
}

/** The words under which a dataset may be used. */
export interface LicenceText {
  /** Name of the file that holds them; null where there is none. */
  file: string | null
  text: string | null
  /** Where the whole text of a licence with a name is published. */
  address: string | null
}

/** What the Data screen shows of a dataset. Counts are per class. */
export interface DatasetCard {
  id: string
  kind: 'images' | 'events'
  name: string
  format: string
  path: string | null
  origin: string
  licence: string
  /** Of a sample: `[C,H,W]` of images, `[P,H,W]` of events. */
  shape: number[]
  classes: string[]
  trainCount: number
  testCount: number
  trainPerClass: number[]
  testPerClass: number[]
  checksum: string
  known: string | null
  bytesOnDisk: number
  bundled: boolean
  /** Null for images, and for events that have not been made yet. */
  events: EventFacts | null
  /** Least and largest byte of the images; null for events. */
  valueRange: [least: number, largest: number] | null
  /** What its import found and did; empty where everything was in order or nothing was imported. */
  findings: ImportFinding[]
  /** How it was imported, setting by setting; empty where it was not. */
  settings: Record<string, number | string | boolean>
  /** Why it cannot be opened now (moved, damaged); null where it can. */
  problem: ErrorMessage | null
}

/** One file of a dataset that was compared with what it was when the dataset was added. */
export interface VerifiedFile {
  name: string
  bytes: number
  fine: boolean
}

/** A dataset that was read whole again. */
export interface DatasetVerification {
  id: string
  fine: boolean
  files: VerifiedFile[]
  card: DatasetCard
}

/** The events of one recording. */
export interface RecordingSample {
  /** `[P,H,W]`. */
  shape: number[]
  label: number
  /** Microseconds from the start of the recording, ascending; one event an entry in all four. */
  t: Uint32Array
  x: Uint16Array
  y: Uint16Array
  /** 1 is ON (brighter), 0 is OFF. */
  p: Uint8Array
}

/**
 * Some samples of a split as small pictures, bytes `[count,C,h,w]` of images; of recordings `[count,P,h,w]`, the events at
 * each place, OFF first, the most of both together being 255.
 */
export interface SamplePage {
  indices: Uint32Array
  labels: Uint8Array
  pixels: Uint8Array
  shape: number[]
  /** How many samples match the filter in all. */
  total: number
}

export const datasetRequests = {
  'datasets.list': request<DatasetCard[]>()(nothing),
  /**
   * Adds a folder or file with settings (see `importFields.ts`). `datasets.progress` tells of
   * it under the name `job`, which the page chooses, and `datasets.cancel` ends it.
   */
  'datasets.import': request<DatasetCard>()(z.strictObject({ job, path: id, settings: fieldValues })),
  /** Makes events from images with a simulated camera (see `cameraFields.ts`); progress and cancelling as above. */
  'datasets.makeEvents': request<DatasetCard>()(z.strictObject({ job, id, camera: fieldValues })),
  'datasets.verify': request<DatasetVerification>()(z.strictObject({ job, id })),
  /** Ends an import, a making or a verification; they fail with `dataset.cancelled`. Nothing where it has ended. */
  'datasets.cancel': request<null>()(z.strictObject({ job })),
  /** Makes the events of a bundled dataset that is made when it is first used; progress and cancelling as above. */
  'datasets.prepare': request<DatasetCard>()(z.strictObject({ job, id })),
  'datasets.licence': request<LicenceText>()(z.strictObject({ id })),
  'datasets.recording': request<RecordingSample>()(z.strictObject({ id, split, index: sampleIndex })),
  'datasets.remove': request<null>()(z.strictObject({ id })),
  'datasets.samples': request<SamplePage>()(
    z.strictObject({
      id,
      split,
      offset: sampleIndex,
      count: z.int().min(1).max(512),
      label: z.int().min(0).max(255).nullable(),
    }),
  ),
} as const
