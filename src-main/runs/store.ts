import { mkdirSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Database } from 'better-sqlite3'
import type { EpochRecord, RunDetail, RunHistory, RunState, RunSummary } from '../../src-shared/contract.ts'
import { SpikedeskError, type ErrorMessage } from '../../src-shared/errors/index.ts'
import { systemCode, writingReasonOf } from '../../src-shared/errors/reason.ts'
import type { LossChunk } from '../recording/losses.ts'
import { activeStates, isActive, mayFollow } from '../training/states.ts'
import { EpochTable } from './epochTable.ts'
import { EventTable, type RunEvent } from './eventTable.ts'
import { LossTable } from './lossTable.ts'
import { newRow, toDetail, toSummary, type RunFacts, type RunRow } from './runRow.ts'

export type { RunFacts } from './runRow.ts'

/** How far a run is; `epoch` counts from 1. */
export interface RunProgress {
  epoch: number
  batch: number
  imagesPerSecond: number
  seconds: number
}

function dateOf(now: Date): string {
  const part = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${part(now.getMonth() + 1)}-${part(now.getDate())}`
}

/** The runs of a workspace: rows, losses, epochs and events in its database, and their folders. */
export class RunStore {
  readonly #database: Database
  readonly #folder: string
  readonly #losses: LossTable
  readonly #epochs: EpochTable
  readonly #events: EventTable

  /** `folder` is that of the workspace, absolute. */
  constructor(database: Database, folder: string) {
    this.#database = database
    this.#folder = folder
    this.#losses = new LossTable(database)
    this.#epochs = new EpochTable(database)
    this.#events = new EventTable(database)
  }

  /** Every run, the newest first. */
  list(): RunSummary[] {
    const rows = this.#database
      .prepare<[], RunRow>('SELECT * FROM runs ORDER BY created_at DESC, id DESC')
      .all()
    return rows.map((row) => toSummary(row, this.#folder))
  }

  /** Throws `run.unknown`. */
  summary(id: string): RunSummary {
    return toSummary(this.#row(id), this.#folder)
  }

  /** Throws `run.unknown`. */
  detail(id: string): RunDetail {
    return toDetail(this.#row(id), this.#folder)
  }

  /** Everything recorded; the first loss is that of step 0. Throws `run.unknown`. */
  history(id: string): RunHistory {
    this.#row(id)
    return { losses: this.#losses.read(id), epochs: this.#epochs.read(id) }
  }

  /** What happened to a run, oldest first. Throws `run.unknown`. */
  events(id: string): RunEvent[] {
    this.#row(id)
    return this.#events.read(id)
  }

  /** Throws `run.unknown`. */
  rename(id: string, name: string): RunSummary {
    return this.#change(id, { name })
  }

  /** Makes a run with an id of its own, e.g. `2026-11-22-001`, and its folder; its state is `preparing`. */
  create(facts: RunFacts): RunDetail {
    const now = new Date()
    return this.#write(() => {
      const id = this.#freeId(dateOf(now))
      this.#makeFolder(id)
      const row = newRow(id, facts, now.toISOString())
      const columns = Object.keys(row)
      const values = columns.map((column) => `@${column}`)
      this.#database.prepare(`INSERT INTO runs (${columns.join()}) VALUES (${values.join()})`).run(row)
      this.#events.append(id, 'state', { state: 'preparing' })
      return this.detail(id)
    })
  }

  /** Moves a run into another state. Throws `run.active` where it may not go there. */
  setState(id: string, state: RunState, error: ErrorMessage | null = null): RunSummary {
    return this.#write(() => {
      const current = this.#row(id).state
      if (current === state) return this.summary(id)
      if (!mayFollow(current, state))
        throw new SpikedeskError('run.active', { run: id, state: { phrase: `state.${current}` } })
      this.#events.append(id, 'state', error ? { state, error } : { state })
      const ended = isActive(state) ? null : new Date().toISOString()
      return this.#change(id, { state, ended_at: ended, error: error && JSON.stringify(error) })
    })
  }

  /** Writes losses and how far the run is. */
  recordLosses(id: string, chunk: LossChunk, progress: RunProgress): void {
    this.#write(() => {
      this.#losses.append(id, chunk)
      this.#recordProgress(id, progress, { last_loss: chunk.losses.at(-1) ?? null })
    })
  }

  /**
   * Writes a complete epoch and makes one chunk of its losses, from step `firstStep` on. Flushed to the disk, so
   * that the database is never behind a checkpoint.
   */
  recordEpoch(id: string, record: EpochRecord, firstStep: number, progress: RunProgress): void {
    this.#durably(() => {
      this.#losses.merge(id, firstStep)
      this.#epochs.append(id, record)
      this.#recordProgress(id, progress, this.#scores(id))
    })
  }

  /** Flushes to the disk what was written before. */
  settle(id: string): void {
    this.#durably(() => this.#change(id, {}))
  }

  /** Notes the newest checkpoint: its absolute path and the complete epochs it holds. */
  setCheckpoint(id: string, path: string, epoch: number): RunSummary {
    return this.#change(id, { checkpoint: relative(this.#folder, path), checkpoint_epoch: epoch })
  }

  /**
   * Prepares a run to go on: forgets what was recorded after the checkpoint that it goes on from, so that the
   * history continues there. `losses` are as many as it keeps. Throws `run.active` where it is running.
   */
  reopen(
    id: string,
    from: { epoch: number; batch: number; losses: number; checkpoint: string | null },
    facts: RunFacts,
  ): RunDetail {
    return this.#write(() => {
      const { state } = this.#row(id)
      if (!mayFollow(state, 'preparing'))
        throw new SpikedeskError('run.active', { run: id, state: { phrase: `state.${state}` } })
      this.#makeFolder(id)
      const checkpoint = from.checkpoint && relative(this.#folder, from.checkpoint)
      this.#losses.truncate(id, from.losses)
      this.#epochs.truncate(id, from.epoch)
      this.#events.append(id, 'continued', { ...from, checkpoint, epochs: facts.experiment.epochs })
      const complete = from.epoch >= facts.experiment.epochs
      this.#change(id, {
        ...this.#scores(id),
        state: 'preparing',
        experiment: JSON.stringify(facts.experiment),
        device: facts.device,
        threads: facts.threads,
        versions: JSON.stringify(facts.versions),
        ended_at: null,
        epoch: complete ? from.epoch : from.epoch + 1,
        epochs: facts.experiment.epochs,
        batch: complete ? facts.batchesPerEpoch : from.batch,
        last_loss: this.#losses.read(id, Math.max(0, from.losses - 1)).at(0) ?? null,
        checkpoint,
        checkpoint_epoch: from.checkpoint === null ? null : from.epoch,
        error: null,
      })
      return this.detail(id)
    })
  }

  /** Notes something in the log of a run. */
  note(id: string, kind: string, data: Record<string, unknown>): void {
    this.#write(() => this.#events.append(id, kind, data))
  }

  /** Marks every run that no process stands behind any more; only for whoever holds the lock. Returns them. */
  markInterrupted(): RunSummary[] {
    return this.#write(() =>
      this.list()
        .filter(({ state }) => activeStates.includes(state))
        .map(({ id }) => {
          const { state, updated_at: ended } = this.#row(id)
          this.#events.append(id, 'state', { state: 'interrupted', was: state })
          return this.#change(id, { state: 'interrupted', ended_at: ended })
        }),
    )
  }

  #row(id: string): RunRow {
    const row = this.#database.prepare<[string], RunRow>('SELECT * FROM runs WHERE id = ?').get(id)
    if (!row) throw new SpikedeskError('run.unknown', { run: id, path: this.#folder })
    return row
  }

  #change(id: string, columns: Partial<RunRow>): RunSummary {
    this.#row(id)
    const values: Partial<RunRow> = { ...columns, updated_at: new Date().toISOString() }
    const assignments = Object.keys(values).map((column) => `${column} = @${column}`)
    this.#write(() => {
      this.#database.prepare(`UPDATE runs SET ${assignments.join()} WHERE id = @id`).run({ ...values, id })
    })
    return this.summary(id)
  }

  #recordProgress(id: string, progress: RunProgress, more: Partial<RunRow>): void {
    const { epoch, batch, imagesPerSecond, seconds } = progress
    this.#change(id, { epoch, batch, images_per_second: imagesPerSecond, seconds, ...more })
  }

  #scores(id: string): Partial<RunRow> {
    const records = this.#epochs.read(id)
    const best = records.reduce<EpochRecord | undefined>(
      (first, record) => (first && first.testAccuracy >= record.testAccuracy ? first : record),
      undefined,
    )
    return {
      last_test_accuracy: records.at(-1)?.testAccuracy ?? null,
      best_test_accuracy: best?.testAccuracy ?? null,
      best_epoch: best?.epoch ?? null,
    }
  }

  #makeFolder(id: string): void {
    mkdirSync(join(this.#folder, 'runs', id, 'checkpoints'), { recursive: true })
  }

  #freeId(date: string): string {
    const rows = this.#database
      .prepare<[string], { id: string }>('SELECT id FROM runs WHERE id LIKE ?')
      .all(`${date}-%`)
    mkdirSync(join(this.#folder, 'runs'), { recursive: true })
    const taken = [...rows.map(({ id }) => id), ...readdirSync(join(this.#folder, 'runs'))]
    const numbers = taken
      .filter((name) => name.startsWith(`${date}-`))
      .map((name) => Number(name.slice(date.length + 1)))
      .filter(Number.isInteger)
    return `${date}-${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`
  }

  #write<Result>(work: () => Result): Result {
    try {
      return this.#database.transaction(work).immediate()
    } catch (thrown) {
      if (thrown instanceof SpikedeskError || systemCode(thrown) === '') throw thrown
      const data = { path: this.#folder, reason: writingReasonOf(thrown) }
      throw new SpikedeskError('workspace.unwritable', data, thrown)
    }
  }

  #durably(work: () => void): void {
    this.#database.pragma('synchronous = FULL')
    try {
      this.#write(work)
    } finally {
      this.#database.pragma('synchronous = NORMAL')
    }
  }
}
