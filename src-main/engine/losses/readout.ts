import type { LossNumbers } from './lossNumbers.ts'
import { firstSpikes } from './firstSpikes.ts'
import type { LossExtents } from './lossDefinition.ts'
import { sumPopulations } from './populations.ts'

/**
 * Class of each sample: the one with the most spikes, or whose outputs fire first; the first of equals.
 *
 * @param spikes `[T,B,outputs]`
 */
export function predictClasses(
  { readout, classes }: Pick<LossNumbers, 'readout' | 'classes'>,
  spikes: Float32Array,
  extents: LossExtents,
): Int32Array {
  const sums = new Float64Array(classes)
  const times = new Float64Array(extents.outputs)
  const size = extents.outputs / classes
  return Int32Array.from({ length: extents.batch }, (_, sample) => {
    if (readout === 'first_spike') {
      firstSpikes(spikes, extents, sample, times)
      return Math.floor(times.indexOf(Math.min(...times)) / size)
    }
    sumPopulations(spikes, extents, sample, sums)
    return sums.indexOf(Math.max(...sums))
  })
}
