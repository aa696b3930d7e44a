/** The steps that linked plots show, `[from, to)`; null is all of them. */
export type TimeWindow = readonly [from: number, to: number] | null

/** A neuron that somebody looks at, in a colour of its own. */
export interface PickedNeuron {
  neuron: number
  colour: string
}
