/** The steps that linked plots show, `[from, to)`; null is all of them. */
export type TimeWindow = readonly [from: number, to: number] | null

/** Room at the left of plots whose rows are called so, in CSS pixels. */
export function gutterFor(names: readonly string[]): number {
  const longest = Math.max(0, ...names.map((name) => name.length))
  return Math.round(Math.min(110, Math.max(46, longest * 6.2 + 18)))
}

/** A neuron that somebody looks at, in a colour of its own. */
export interface PickedNeuron {
  neuron: number
  colour: string
}
