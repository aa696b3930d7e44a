import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { systemCode, writingReasonOf } from '../../src-shared/errors/reason.ts'
import { DatasetLibrary } from '../datasets/library.ts'
import { migrate } from './schema.ts'
import { RunStore } from './store.ts'

/** The folder that is taken where none is given: `SPIKEDESK_WORKSPACE`, or `Spikedesk` in the home folder. */
export function defaultWorkspaceFolder(): string {
  return process.env.SPIKEDESK_WORKSPACE || join(homedir(), 'Spikedesk')
}

function unwritable(path: string, thrown: unknown): SpikedeskError {
  return new SpikedeskError('workspace.unwritable', { path, reason: writingReasonOf(thrown) }, thrown)
}

/**
 * Makes a folder and those above it. Node's own recursive mkdir never returns where a file system denies a new
 * folder by ENOENT, as /proc does.
 */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return
  if (!existsSync(dirname(folder))) makeFolder(dirname(folder))
  try {
    mkdirSync(folder)
  } catch (thrown) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw thrown
  }
}

function requireFolder(folder: string): void {
  try {
    makeFolder(folder)
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (thrown) {
    throw unwritable(folder, thrown)
  }
}

/** An exclusive transaction on a file of its own: the system gives it back when the process ends, however. */
function takeLock(folder: string): Database.Database {
  let lock: Database.Database | null = null
  try {
    lock = new Database(join(folder, 'workspace.lock'), { timeout: 0 })
    lock.exec('BEGIN EXCLUSIVE')
    return lock
  } catch (thrown) {
    lock?.close()
    if (systemCode(thrown) === 'SQLITE_BUSY') {
      throw new SpikedeskError('workspace.locked', { path: folder }, thrown)
    }
    throw unwritable(folder, thrown)
  }
}

function openDatabase(folder: string): Database.Database {
  const path = join(folder, 'workspace.db')
  let database: Database.Database | null = null
  try {
    database = new Database(path, { timeout: 10_000 })
    database.pragma('journal_mode = WAL')
    database.pragma('synchronous = NORMAL')
    database.pragma('foreign_keys = ON')
    migrate(database, path)
    return database
  } catch (thrown) {
    database?.close()
    if (thrown instanceof SpikedeskError) throw thrown
    if (['SQLITE_NOTADB', 'SQLITE_CORRUPT'].includes(systemCode(thrown))) {
      throw new SpikedeskError('workspace.damaged', { path, reason: writingReasonOf(thrown) }, thrown)
    }
    throw unwritable(folder, thrown)
  }
}

/** The folder where runs and the list of datasets live: `workspace.db`, `runs/`, `datasets.json`. */
export class Workspace {
  /** Absolute. */
  readonly folder: string
  readonly store: RunStore
  readonly datasets: DatasetLibrary
  readonly #database: Database.Database
  readonly #lock: Database.Database | null
  readonly #closers: (() => void)[] = []

  private constructor(folder: string, database: Database.Database, lock: Database.Database | null) {
    this.folder = folder
    this.#database = database
    this.#lock = lock
    this.store = new RunStore(database, folder)
    this.datasets = new DatasetLibrary(folder)
  }

  /**
   * Opens a workspace and makes it where it does not exist. One process holds the lock; with it, runs that a
   * killed process left behind become `interrupted`. Throws `workspace.unwritable`, `workspace.locked`,
   * `workspace.damaged` and `workspace.newer`.
   */
  static open(folder: string, options: { lock: boolean }): Workspace {
    const absolute = resolve(folder)
    requireFolder(absolute)
    const lock = options.lock ? takeLock(absolute) : null
    try {
      const workspace = new Workspace(absolute, openDatabase(absolute), lock)
      if (lock) workspace.store.markInterrupted()
      return workspace
    } catch (thrown) {
      lock?.close()
      throw thrown
    }
  }

  /** Calls `closer` when the workspace is closed, for what was opened through it. */
  atClose(closer: () => void): void {
    this.#closers.push(closer)
  }

  /** Gives the lock and the database back. */
  close(): void {
    for (const closer of this.#closers.splice(0)) closer()
    this.#database.close()
    this.#lock?.close()
  }
}
