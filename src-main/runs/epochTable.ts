import type { Database, Statement } from 'better-sqlite3'
import type { EpochRecord, EventCounts } from '../../src-shared/contract.ts'

interface EpochRow {
  epoch: number
  train_loss: number
  train_accuracy: number
  test_loss: number
  test_accuracy: number
  train_images_per_second: number
  test_images_per_second: number
  seconds: number
  waiting: number
  firing_rates: string
  penalty: number
  learning_rate: number | null
  /** JSON. */
  events: string | null
}

function toRecord(row: EpochRow): EpochRecord {
  return {
    epoch: row.epoch,
    trainLoss: row.train_loss,
    penalty: row.penalty,
    learningRate: row.learning_rate,
    trainAccuracy: row.train_accuracy,
    testLoss: row.test_loss,
    testAccuracy: row.test_accuracy,
    trainImagesPerSecond: row.train_images_per_second,
    testImagesPerSecond: row.test_images_per_second,
    seconds: row.seconds,
    waiting: row.waiting,
    firingRates: JSON.parse(row.firing_rates) as number[],
    events: row.events === null ? null : (JSON.parse(row.events) as EventCounts),
  }
}

/** The record of every complete epoch. */
export class EpochTable {
  readonly #insert: Statement<[EpochRow & { run: string }]>
  readonly #select: Statement<[string], EpochRow>
  readonly #truncate: Statement<[string, number]>

  constructor(database: Database) {
    this.#insert = database.prepare(
      `INSERT INTO epochs (run, epoch, train_loss, train_accuracy, test_loss, test_accuracy,
         train_images_per_second, test_images_per_second, seconds, waiting, firing_rates,
         penalty, learning_rate, events)
       VALUES (@run, @epoch, @train_loss, @train_accuracy, @test_loss, @test_accuracy,
         @train_images_per_second, @test_images_per_second, @seconds, @waiting, @firing_rates,
         @penalty, @learning_rate, @events)`,
    )
    this.#select = database.prepare('SELECT * FROM epochs WHERE run = ? ORDER BY epoch')
    this.#truncate = database.prepare('DELETE FROM epochs WHERE run = ? AND epoch > ?')
  }

  append(run: string, record: EpochRecord): void {
    this.#insert.run({
      run,
      epoch: record.epoch,
      train_loss: record.trainLoss,
      train_accuracy: record.trainAccuracy,
      test_loss: record.testLoss,
      test_accuracy: record.testAccuracy,
      train_images_per_second: record.trainImagesPerSecond,
      test_images_per_second: record.testImagesPerSecond,
      seconds: record.seconds,
      waiting: record.waiting,
      firing_rates: JSON.stringify(record.firingRates),
      penalty: record.penalty,
      learning_rate: record.learningRate,
      events: record.events && JSON.stringify(record.events),
    })
  }

  read(run: string): EpochRecord[] {
    return this.#select.all(run).map(toRecord)
  }

  /** Forgets the epochs after `epoch`. */
  truncate(run: string, epoch: number): void {
    this.#truncate.run(run, epoch)
  }
}
