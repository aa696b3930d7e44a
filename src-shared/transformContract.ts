import { z } from 'zod'
import { request } from './requestDefinition.ts'
import { encoding, id, sampleIndex, split, transform } from './requestFields.ts'

/** Requests about what transforms make of a sample, part of the contract; see `contract.ts`. */

/** A sample before or after its transforms. */
export interface SampleLook {
  /** `[C,H,W]` of an image, `[P,H,W]` of a recording. */
  shape: number[]
  /** Brightness, a byte or what normalising made of it; of a recording the number of events at each place. */
  values: Float32Array
  least: number
  largest: number
  /** Null of an image. */
  events: number | null
}

/** What a transform left of a sample. */
export interface TransformStep {
  shape: number[]
  /** Null of an image. */
  events: number | null
  /** False where it is meant for training and this is a test sample. */
  applied: boolean
}

/** One sample before its transforms, after each of them, and what an encoding of events then drops. */
export interface TransformedSample {
  before: SampleLook
  after: SampleLook
  /** One for each transform, in order. */
  steps: TransformStep[]
  /** Null of an image, and where the encoding reads none. */
  binned: {
    timeSteps: number
    /** Events that are in a frame. */
    kept: number
    /** Outside the time of all frames, and outside the sensor. */
    time: number
    place: number
  } | null
}

export const transformRequests = {
  'transforms.preview': request<TransformedSample>()(
    z.strictObject({
      id,
      split,
      index: sampleIndex,
      transforms: z.array(transform).max(32),
      encoding,
      timeSteps: z.int().min(1).max(1000),
      seed: z.int().min(0).max(4294967295),
      /** Random transforms draw anew in every epoch; they count from 1. */
      epoch: z.int().min(1).max(1000000),
    }),
  ),
} as const
