import { z } from 'zod'
import { experimentSchema, fieldValues } from './experimentSchema.ts'
import { request } from './requestDefinition.ts'
import { id } from './requestFields.ts'

/** Requests about a network that need no run, part of the contract; see `contract.ts`. */

/** Cost of an experiment before it runs. */
export interface CostEstimate {
  parameters: number
  /** Working memory of a training step in bytes. */
  stepBytes: number
  /** Floating-point operations of one training step, static layers counted once. */
  stepFlops: number
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
