import type { FieldValues } from '../fields.ts'

/** Version of the model document; `upgrade.ts` brings older ones up one step at a time. */
export const modelVersion = 1

/** A layer of a model: its name, its kind (see `layers/`), and the values of the kind's parameter table. */
export interface LayerNode {
  id: string
  kind: string
  params: FieldValues
  /**
   * Ids of the earlier layers that it reads, or `"input"` for the input of the network; the layer before it where
   * left out.
   */
  inputs?: string[]
}

/** A network: the shape of one sample at one time step, and its layers in order of computation. */
export interface ModelDocument {
  version: number
  name: string
  input: { shape: number[] }
  layers: LayerNode[]
}
