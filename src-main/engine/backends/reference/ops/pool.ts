import type { PoolOp } from '../../../mapOps.ts'
import type { Memory } from '../memory.ts'
import { largestOf, regionsOf } from './poolRegions.ts'

/** The largest or the mean of each region, in every map of every row of `[T,B]`. */
export function pool(op: PoolOp, memory: Memory): void {
  const input = memory.tensor(op.input)
  const output = memory.tensor(op.output)
  const regions = regionsOf(op.pool, op.window)
  const places = op.window.height * op.window.width
  const maps = memory.steps(op.output) * memory.batch * op.window.channels
  for (let map = 0; map < maps; map++) {
    const at = map * places
    regions.forEach((region, place) => {
      output[map * regions.length + place] =
        op.pool === 'max'
          ? input[at + largestOf(input, at, region)]
          : region.inputs.reduce((sum, i) => sum + input[at + i], 0) / region.divisor
    })
  }
}
