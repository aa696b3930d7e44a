import type { FieldValues } from '../../../src-shared/fields.ts'
import { latencyTargets } from './latencyTargets.ts'
import { rate } from './rateTargets.ts'
import type { TargetCode } from './targetCode.ts'

/** What `targets_convert` hands on to the latency code; values, ramps and epsilon are left at their defaults there. */
function latencyParameters(params: FieldValues) {
  return {
    ...{ tau: Number(params.tau), threshold: Number(params.threshold) },
    ...{ firstSpikeTime: Number(params.firstSpikeTime), normalize: params.normalize === true },
    ...{ linear: params.linear === true, clip: params.clip === true, bypass: params.bypass === true },
  }
}

/** snnTorch's `targets_convert`: either code by name, see `rateTargets` and `latencyTargets`. */
export const convert: TargetCode = {
  kind: 'convert',
  still: (params) => params.code === 'rate' && rate.still(params),
  encode: (labels, classes, timeSteps, params, random) =>
    params.code === 'rate'
      ? rate.encode(labels, classes, timeSteps, params, random)
      : latencyTargets(labels, classes, timeSteps, latencyParameters(params)),
}
