import type { LossExtents } from './lossDefinition.ts'

/**
 * Spikes of one sample summed over the steps and over the outputs of each class (a population code).
 *
 * @param spikes `[T,B,outputs]`
 * @param sums receives the sums, `[classes]`
 */
export function sumPopulations(
  spikes: Float32Array,
  { timeSteps, batch, outputs }: LossExtents,
  sample: number,
  sums: Float64Array,
): void {
  const size = outputs / sums.length
  sums.fill(0)
  for (let t = 0; t < timeSteps; t++) {
    const at = (t * batch + sample) * outputs
    for (let o = 0; o < outputs; o++) sums[Math.floor(o / size)] += spikes[at + o]
  }
}

/** Hands the gradient at each sum, times a factor, to everything that was summed. */
export function spreadOverPopulations(
  slopes: Float64Array,
  factor: number,
  { timeSteps, batch, outputs }: LossExtents,
  sample: number,
  gradient: Float32Array,
): void {
  const size = outputs / slopes.length
  for (let t = 0; t < timeSteps; t++) {
    const at = (t * batch + sample) * outputs
    for (let o = 0; o < outputs; o++) gradient[at + o] = factor * slopes[Math.floor(o / size)]
  }
}
