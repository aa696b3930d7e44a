import type { LossExtents } from './lossDefinition.ts'

/**
 * Step of the first spike of each output of one sample; an output that is silent counts as the last step, as in
 * snnTorch.
 *
 * @param spikes `[T,B,outputs]`
 * @param times receives the steps, `[outputs]`
 */
export function firstSpikes(
  spikes: Float32Array,
  { timeSteps, batch, outputs }: LossExtents,
  sample: number,
  times: Float64Array,
): void {
  times.fill(timeSteps - 1)
  for (let t = timeSteps - 1; t >= 0; t--) {
    const at = (t * batch + sample) * outputs
    for (let o = 0; o < outputs; o++) if (spikes[at + o] !== 0) times[o] = t
  }
}

/**
 * The gradient at the spikes: snnTorch takes the derivative of the time by the spike as -1, at the first spike
 * only (at the last step where there is none).
 *
 * @param slopes gradient at the times, `[outputs]`
 */
export function placeTimeGradient(
  slopes: Float64Array,
  times: Float64Array,
  { batch, outputs }: LossExtents,
  sample: number,
  gradient: Float32Array,
): void {
  for (let o = 0; o < outputs; o++) gradient[(times[o] * batch + sample) * outputs + o] = -slopes[o]
}
