import type { LatencyParameters } from '../latency.ts'
import { latencyTargets } from './latencyTargets.ts'
import { rateTargets, type RateTargetParameters } from './rateTargets.ts'

/** The code of targets, with the parameters of it. */
export type TargetCode =
  | { code: 'rate'; parameters: Partial<RateTargetParameters>; random: () => number }
  | { code: 'latency'; parameters: Partial<LatencyParameters> }

/** snnTorch's `targets_convert`: labels as spike trains, see `rateTargets` and `latencyTargets`. */
export function convertTargets(
  labels: Uint8Array,
  classes: number,
  timeSteps: number,
  code: TargetCode,
): Float32Array {
  return code.code === 'rate'
    ? rateTargets(labels, classes, timeSteps, code.parameters, code.random)
    : latencyTargets(labels, classes, timeSteps, code.parameters)
}
