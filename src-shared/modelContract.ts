import { z } from 'zod'
import type { ErrorMessage } from './errors/index.ts'
import { experimentSchema, fieldValues } from './experimentSchema.ts'
import { request } from './requestDefinition.ts'
import { id } from './requestFields.ts'

/** Requests about a network that need no run, part of the contract; see `contract.ts`. */

/** Bytes that training takes besides its samples, by what they hold; known before any is allocated. */
export interface StepMemory {
  /** Currents and membranes of the way forward, of the batch or of the samples under way. */
  activations: number
  spikes: number
  /** Gradients of samples, and sums of them that wait. */
  gradients: number
  /** Parameters, and what is derived from them. */
  weights: number
  /** What the optimizer keeps. */
  optimizer: number
  /** Room of the threads that is of use within a step only. */
  scratch: number
  /** A copy of parameters and optimizer, as a checkpoint needs it. */
  copy: number
}

/** Cost of an experiment before it runs. */
export interface CostEstimate {
  parameters: number
  /** Bytes that training takes besides its samples: the sum of `memory`. */
  stepBytes: number
  memory: StepMemory
  /** Why a run would be refused, where it needs more memory than it may take in this workspace. */
  problem: ErrorMessage | null
  /** Floating-point operations of one training step, static layers counted once. */
  stepFlops: number
  /** What is done once more besides, to save memory: 0 where everything is kept. */
  remadeFlops: number
}

/** What one neuron of a layer does with a current, one value for each time step. */
export interface NeuronPreview {
  /** 0 or 1. */
  spikes: Uint8Array
  membrane: Float32Array
}

export const modelRequests = {
  'model.cost': request<CostEstimate>()(z.strictObject({ experiment: experimentSchema })),
  'model.neuron': request<NeuronPreview>()(
    z.strictObject({
      kind: id,
      params: fieldValues,
      currents: z.array(z.number()).min(1).max(1000),
      seed: z.int().min(0).max(4294967295),
    }),
  ),
} as const
