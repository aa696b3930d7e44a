import type { Database, Statement } from 'better-sqlite3'
import type { LossChunk } from '../recording/losses.ts'

interface LossRow {
  first_step: number
  count: number
  data: Buffer
}

function toFloats({ count, data }: LossRow): Float32Array {
  const copy = new Uint8Array(count * 4)
  copy.set(data)
  return new Float32Array(copy.buffer)
}

function toBlob(losses: Float32Array): Buffer {
  return Buffer.from(losses.buffer, losses.byteOffset, losses.byteLength)
}

/** Losses per batch, as chunks of float32: one a flush while an epoch runs, one an epoch after it. */
export class LossTable {
  readonly #insert: Statement<[string, number, number, Buffer]>
  readonly #select: Statement<[string, number], LossRow>
  readonly #delete: Statement<[string, number]>

  constructor(database: Database) {
    this.#insert = database.prepare('INSERT INTO losses (run, first_step, count, data) VALUES (?, ?, ?, ?)')
    this.#select = database.prepare(
      'SELECT first_step, count, data FROM losses WHERE run = ? AND first_step + count > ? ORDER BY first_step',
    )
    this.#delete = database.prepare('DELETE FROM losses WHERE run = ? AND first_step >= ?')
  }

  append(run: string, { firstStep, losses }: LossChunk): void {
    if (losses.length > 0) this.#insert.run(run, firstStep, losses.length, toBlob(losses))
  }

  /** Every loss from step `from` on; NaN where a step is missing. */
  read(run: string, from = 0): Float32Array {
    const rows = this.#select.all(run, from)
    const last = rows.at(-1)
    const all = new Float32Array(last ? last.first_step + last.count - from : 0).fill(Number.NaN)
    for (const row of rows) {
      const losses = toFloats(row)
      const skipped = Math.max(0, from - row.first_step)
      all.set(losses.subarray(skipped), row.first_step + skipped - from)
    }
    return all
  }

  /** Makes one chunk of all losses from step `from` on. */
  merge(run: string, from: number): void {
    this.truncateAndAppend(run, from, this.read(run, from))
  }

  /** Forgets the losses of step `step` and later ones. */
  truncate(run: string, step: number): void {
    const straddling = this.#select.all(run, step).find((row) => row.first_step < step)
    this.#delete.run(run, step)
    if (!straddling) return
    const { first_step: firstStep } = straddling
    this.truncateAndAppend(run, firstStep, toFloats(straddling).slice(0, step - firstStep))
  }

  private truncateAndAppend(run: string, firstStep: number, losses: Float32Array): void {
    this.#delete.run(run, firstStep)
    this.append(run, { firstStep, losses })
  }
}
