import { z } from 'zod'
import type { EncodedValues } from './encodedValues.ts'
import type { EncodingKind } from './encodingTables.ts'
import { modelSchema } from './experimentSchema.ts'
import type { ModelDocument } from './model/document.ts'
import { request } from './requestDefinition.ts'
import { encoding, id, sampleIndex, split, targets, transform } from './requestFields.ts'

/** Requests about what the network gets of a sample, part of the contract; see `contract.ts`. */

/** What became of events on their way into frames. */
export interface EventCounts {
  recorded: number
  /** Left after the transforms, or more where these add some. */
  transformed: number
  /** Of these, not in any frame: before the first, between two, or after the last frame, the tail above all. */
  time: number
  /** Of these, outside the sensor. */
  place: number
}

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
  events: EventCounts | null
}

const sample = z.strictObject({
  id,
  split,
  index: sampleIndex,
  timeSteps: z.int().min(1).max(1000),
  seed: z.int().min(0).max(4294967295),
})

const wish = sample.extend({ encoding, transforms: z.array(transform).max(32).optional() })

const network: z.ZodType<ModelDocument> = modelSchema

/** What to change about an encoding; what is not named stays. */
export interface EncodingChange {
  timeSteps?: number
  /** Another encoding, at its defaults but for `params`. */
  kind?: EncodingKind
  params?: Record<string, number | string | boolean>
}

/**
 * What an encoding can do to a sample that its user may not want:
 * `crowded` the spikes of all lit pixels come in few steps, `burst` dark pixels fire together at the last one,
 * `dropped` lit pixels would fire after it, `levels` grey levels become the same, `still` delta coding of an image
 * that does not change, `nothing` no input at all, `empty` most steps hold nothing, `costly` many times the spikes
 * that one for each lit pixel would be, `lostEvents` events that are in no frame, `hiddenEvents` events that a binary
 * frame does not count.
 */
export type EncodingTrapKind =
  | 'crowded'
  | 'burst'
  | 'dropped'
  | 'levels'
  | 'still'
  | 'nothing'
  | 'empty'
  | 'costly'
  | 'lostEvents'
  | 'hiddenEvents'

export interface EncodingTrap {
  kind: EncodingTrapKind
  /** The numbers of its sentence; shares are 0 to 1. */
  data: Record<string, number>
  /** What mends it, the best first; empty where nothing of the encoding does. */
  changes: EncodingChange[]
}

/** How many brightnesses of an image the network can tell apart. */
export interface GreyLevels {
  /** Different brightnesses in the image. */
  levels: number
  /** Different spike trains, probabilities or currents that they become. */
  told: number
  /** Of those that become the same, the largest group: how many, from which brightness to which. */
  largest: { levels: number; from: number; to: number }
}

/** What the input costs the first layers that have weights, as hardware that works spike by spike would count. */
export interface SynapticCost {
  /** The layers that read the input. */
  layers: string[]
  /** Additions of a weight: one for each value that is not zero and each of its synapses. */
  operations: number
  /** Whether each is a multiplication too, because the input is not of spikes alone. */
  multiplied: boolean
  /** 0.9 pJ an addition, 4.6 pJ with a multiplication (32 bits, 45 nm; Horowitz 2014). */
  picojoules: number
}

/** What is worth knowing of an encoded sample. */
export interface EncodingReport {
  /** 0 and 1, or with -1, or any numbers. */
  coded: 'spikes' | 'signed' | 'values'
  /** Values that are not zero: spikes, where it is of spikes. */
  active: number
  /** Sum of all values; of signed spikes their number. */
  total: number
  /** Of the values, `[T]`: their sum at each step; of signed spikes their number. */
  perStep: Float32Array
  /** Inputs that are zero at every step. */
  silent: number
  /** Steps at which every input is zero. */
  emptySteps: number
  /** Steps of the first and the last value that is not zero, from 0; null where there is none. */
  first: number | null
  last: number | null
  /** How often two spikes of one input follow each other after 1, 2, … T-1 steps; empty where it is not of spikes. */
  intervals: Uint32Array
  /** Null of recordings, and where chance decides more than brightness does. */
  levels: GreyLevels | null
  /** Null where no network was given, or where its first layers are of another kind or shape. */
  cost: SynapticCost | null
  traps: EncodingTrap[]
}

/** One sample as the network would get it in the first epoch, with what is worth knowing of it. */
export interface EncodingStudy extends Omit<EncodingPreview, 'pixels' | 'shape' | 'values'> {
  /** What is coded: `[C,H,W]` after the transforms; of a recording the share of the busiest pixel's events. */
  source: { shape: number[]; values: Float32Array }
  /** As of a preview. */
  values: EncodedValues
  report: EncodingReport
}

/** What the outputs of a network should do over time for the label of a sample. */
export interface EncodedTargets {
  label: number
  /** Number of outputs C, one a class of the dataset. */
  classes: number
  timeSteps: number
  /** Whether they are the same at every step, as snnTorch then gives them without an axis of time. */
  still: boolean
  /** Whether every value is 0 or 1. */
  spiking: boolean
  /** `[T,C]`, repeated where they are still. */
  values: Float32Array
}

export const encodingRequests = {
  /** A sample as training takes it. The cost is that of `model`, whose input may be of another shape. */
  'encoding.study': request<EncodingStudy>()(wish.extend({ model: network.optional() })),
  /** By a code of `targetTables`. */
  'encoding.targets': request<EncodedTargets>()(sample.extend({ targets })),
} as const
