import type { LevelRows, SequenceLevels, TrainLevels } from './levelTable.ts'

/** Rows where each level has its own, whatever the others are. */
export function ownRows(): LevelRows {
  return { ranks: new Uint8Array(256), rows: Uint32Array.from({ length: 256 }, (_, i) => i), rowCount: 256 }
}

/**
 * The table of what each row becomes.
 *
 * @param binary whether every value is 0 or 1
 * @param valuesOf `[T,fields]` of a row
 */
export function tableOfRows(
  rows: LevelRows,
  timeSteps: number,
  fields: number,
  binary: boolean,
  valuesOf: (row: number) => Float32Array,
): TrainLevels | SequenceLevels {
  const { rowCount } = rows
  if (!binary) {
    const values = new Float32Array(timeSteps * rowCount)
    for (let row = 0; row < rowCount; row++) {
      valuesOf(row).forEach((value, t) => (values[t * rowCount + row] = value))
    }
    return { kind: 'sequences', ...rows, values }
  }
  const trains = new Uint32Array(Math.ceil(timeSteps / 32) * fields * rowCount)
  for (let row = 0; row < rowCount; row++) {
    valuesOf(row).forEach((value, i) => {
      const [t, field] = [Math.floor(i / fields), i % fields]
      if (value !== 0) trains[((t >>> 5) * fields + field) * rowCount + row] |= 1 << (t & 31)
    })
  }
  return { kind: 'trains', ...rows, fields, trains }
}
