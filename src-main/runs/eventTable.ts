import type { Database, Statement } from 'better-sqlite3'

/** Something that happened to a run: a change of state, a checkpoint that could not be used. */
export interface RunEvent {
  /** ISO 8601, UTC. */
  at: string
  kind: string
  data: Record<string, unknown>
}

/** The log of every run, oldest first. */
export class EventTable {
  readonly #insert: Statement<[string, string, string, string]>
  readonly #select: Statement<[string], { at: string; kind: string; data: string }>

  constructor(database: Database) {
    this.#insert = database.prepare('INSERT INTO events (run, at, kind, data) VALUES (?, ?, ?, ?)')
    this.#select = database.prepare('SELECT at, kind, data FROM events WHERE run = ? ORDER BY id')
  }

  append(run: string, kind: string, data: Record<string, unknown>): void {
    this.#insert.run(run, new Date().toISOString(), kind, JSON.stringify(data))
  }

  read(run: string): RunEvent[] {
    return this.#select
      .all(run)
      .map(({ at, kind, data }) => ({ at, kind, data: JSON.parse(data) as Record<string, unknown> }))
  }
}
