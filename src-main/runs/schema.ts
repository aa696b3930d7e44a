import type { Database } from 'better-sqlite3'
import { SpikedeskError } from '../../src-shared/errors/index.ts'

/** Migration `n` brings the database from `user_version` n up to n + 1. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE runs (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    state TEXT NOT NULL,
    experiment TEXT NOT NULL,
    dataset TEXT NOT NULL,
    dataset_name TEXT NOT NULL,
    dataset_checksum TEXT NOT NULL,
    model TEXT NOT NULL,
    engine TEXT NOT NULL,
    device TEXT NOT NULL,
    threads INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    versions TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    ended_at TEXT,
    epoch INTEGER NOT NULL,
    epochs INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    batches_per_epoch INTEGER NOT NULL,
    last_loss REAL,
    last_test_accuracy REAL,
    best_test_accuracy REAL,
    best_epoch INTEGER,
    images_per_second REAL,
    seconds REAL NOT NULL,
    checkpoint TEXT,
    checkpoint_epoch INTEGER,
    error TEXT
  ) STRICT;
  CREATE INDEX runs_by_date ON runs (created_at);
  CREATE TABLE epochs (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    epoch INTEGER NOT NULL,
    train_loss REAL NOT NULL,
    train_accuracy REAL NOT NULL,
    test_loss REAL NOT NULL,
    test_accuracy REAL NOT NULL,
    train_images_per_second REAL NOT NULL,
    test_images_per_second REAL NOT NULL,
    seconds REAL NOT NULL,
    firing_rates TEXT NOT NULL,
    PRIMARY KEY (run, epoch)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE losses (
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    first_step INTEGER NOT NULL,
    count INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (run, first_step)
  ) STRICT;
  CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    data TEXT NOT NULL
  ) STRICT;
  CREATE INDEX events_by_run ON events (run, id);
  `,
  'ALTER TABLE epochs ADD COLUMN waiting REAL NOT NULL DEFAULT 0;',
  `
  ALTER TABLE epochs ADD COLUMN penalty REAL NOT NULL DEFAULT 0;
  ALTER TABLE epochs ADD COLUMN learning_rate REAL;
  `,
  'ALTER TABLE epochs ADD COLUMN events TEXT;',
]

/**
 * Brings a database up to the last version, all steps or none. Throws `workspace.newer` where a newer program
 * wrote it.
 */
export function migrate(database: Database, path: string, steps: readonly string[] = migrations): void {
  const found = database.pragma('user_version', { simple: true }) as number
  if (found > steps.length) {
    throw new SpikedeskError('workspace.newer', { path, found, known: steps.length })
  }
  if (found === steps.length) return
  const upgrade = database.transaction(() => {
    const current = database.pragma('user_version', { simple: true }) as number
    for (const step of steps.slice(current)) database.exec(step)
    database.pragma(`user_version = ${steps.length}`)
  })
  upgrade.immediate()
}
