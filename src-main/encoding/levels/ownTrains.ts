import { SpikedeskError } from '../../../src-shared/errors/index.ts'
import type { SequenceLevels, TrainLevels } from './levelTable.ts'
import { ownRows, tableOfRows } from './rows.ts'

/**
 * The table of an encoder that treats every pixel by itself and draws nothing: each grey level is encoded once.
 *
 * @param x brightness of every byte, `[256]`
 * @param encode an image `[N]` to `[T,fields·N]`; a level for which it throws an error of the user's stays silent
 */
export function ownTrains(
  x: Float32Array,
  timeSteps: number,
  fields: number,
  binary: boolean,
  encode: (x: Float32Array) => Float32Array,
): TrainLevels | SequenceLevels {
  return tableOfRows(ownRows(), timeSteps, fields, binary, (row) => {
    try {
      return encode(x.subarray(row, row + 1))
    } catch (thrown) {
      if (thrown instanceof SpikedeskError) return new Float32Array(timeSteps * fields)
      throw thrown
    }
  })
}
