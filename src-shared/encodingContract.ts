import { z } from 'zod'
import { request } from './requestDefinition.ts'
import { encoding, id, sampleIndex, split, transform } from './requestFields.ts'

/** Requests about what the network gets of a sample, part of the contract; see `contract.ts`. */

/** One sample as the network would get it in the first epoch. */
export interface EncodingPreview {
  /** The sample itself, `[C,H,W]`; of a recording the number of events at each pixel, the most being 255. */
  shape: number[]
  label: number
  pixels: Uint8Array
  timeSteps: number
  /** Shape of the input after transforms and encoding, N values. */
  inputShape: number[]
  /** Whether the input is only zeros and ones (rate, Poisson, binary frames). */
  spiking: boolean
  /** `[T,N]`: 0 or 1 where spiking, else currents, counts or what the encoding gives. */
  values: Float32Array
  /** Sum over the steps, `[N]`. */
  totals: Float32Array
  /** What became of the events of a recording: null of an image. */
  events: {
    recorded: number
    /** Left after the transforms. */
    transformed: number
    /** Of these, not in any frame: outside the time of all frames, and outside the sensor. */
    time: number
    place: number
  } | null
}

export const encodingRequests = {
  'encoding.preview': request<EncodingPreview>()(
    z.strictObject({
      id,
      split,
      index: sampleIndex,
      encoding,
      transforms: z.array(transform).max(32).optional(),
      timeSteps: z.int().min(1).max(1000),
      seed: z.int().min(0).max(4294967295),
    }),
  ),
} as const
