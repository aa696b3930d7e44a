import { encodeLatency, latencyDefaults, type LatencyParameters } from '../latency.ts'
import { oneHot } from './oneHot.ts'
import type { TargetCode } from './targetCode.ts'

/**
 * snnTorch's `targets_latency`: the latency code of the one-hot labels, so that the class fires early and the
 * others late, `[T,B,C]`. Throws what `encodeLatency` throws, and `engine.label`.
 */
export function latencyTargets(
  labels: Uint8Array,
  classes: number,
  timeSteps: number,
  parameters: Partial<LatencyParameters> = {},
): Float32Array {
  return encodeLatency(oneHot(labels, classes), timeSteps, { ...latencyDefaults, ...parameters })
}

export const latency: TargetCode = {
  kind: 'latency',
  still: () => false,
  encode: (labels, classes, timeSteps, params) =>
    latencyTargets(labels, classes, timeSteps, params as Partial<LatencyParameters>),
}
