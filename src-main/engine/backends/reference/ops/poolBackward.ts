import type { PoolBackwardOp } from '../../../mapOps.ts'
import type { Memory } from '../memory.ts'
import { largestOf, regionsOf } from './poolRegions.ts'

/** The gradient of a region goes to its largest input, or in equal shares to all. */
export function poolBackward(op: PoolBackwardOp, memory: Memory): void {
  const input = memory.tensor(op.input)
  const gradient = memory.tensor(op.gradient)
  const output = memory.tensor(op.output)
  const regions = regionsOf(op.pool, op.window)
  const sums = new Float64Array(op.window.height * op.window.width)
  const maps = memory.steps(op.output) * memory.batch * op.window.channels
  for (let map = 0; map < maps; map++) {
    const at = map * sums.length
    sums.fill(0)
    regions.forEach((region, place) => {
      const arriving = gradient[map * regions.length + place]
      if (op.pool === 'max') sums[largestOf(input, at, region)] += arriving
      else for (const i of region.inputs) sums[i] += arriving / region.divisor
    })
    output.set(sums, at)
  }
}
