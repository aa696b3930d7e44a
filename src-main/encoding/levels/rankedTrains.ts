import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { LevelRows, SequenceLevels, TrainLevels } from './levelTable.ts'
import { ownTrains } from './ownTrains.ts'
import { tableOfRows } from './rows.ts'

/** An encoder that fires once for each pixel, at a step that also depends on the last of all pixels. */
export interface RankedSteps {
  /** A number of each pixel `[N]`; that of the last pixel decides about the others. */
  order(x: Float32Array): Float32Array
  /** The step of each pixel of an image, `[N]`. */
  steps(x: Float32Array): Float64Array
  /** What steps `[N]` become, `[T,N]`. */
  trains(steps: Float64Array): Float32Array
}

function ranksOf(order: Float32Array): { ranks: Uint8Array; count: number } {
  const sorted = [...new Set(order)].sort((a, b) => a - b)
  const rankOf = new Map(sorted.map((value, rank) => [value, rank]))
  return { ranks: Uint8Array.from(order, (value) => rankOf.get(value) ?? 0), count: sorted.length }
}

/** The table of such an encoder over the brightness of every byte, `[256]`; where it throws an error of the user's for every image, all levels are silent. */
export function rankedTrains(
  x: Float32Array,
  timeSteps: number,
  binary: boolean,
  { order, steps, trains }: RankedSteps,
): TrainLevels | SequenceLevels {
  let every: Float32Array
  try {
    every = order(x)
  } catch (thrown) {
    if (!(thrown instanceof SpikedeskError)) throw thrown
    return ownTrains(x, timeSteps, 1, binary, () => new Float32Array(timeSteps))
  }
  const { ranks, count } = ranksOf(every)
  const rows = new Uint32Array(256 * count)
  const rowOf = new Map<number, number>()
  for (let rank = 0; rank < count; rank++) {
    const levels = [...ranks.keys()].filter((level) => ranks[level] <= rank)
    const found = steps(Float32Array.from(levels, (level) => x[level]))
    levels.forEach((level, i) => {
      const row = rowOf.get(found[i]) ?? rowOf.size
      rowOf.set(found[i], row)
      rows[256 * rank + level] = row
    })
  }
  const distinct = [...rowOf.keys()]
  const table: LevelRows = { ranks, rows, rowCount: distinct.length }
  return tableOfRows(table, timeSteps, 1, binary, (row) => trains(Float64Array.of(distinct[row])))
}
