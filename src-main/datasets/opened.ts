import { stat } from 'node:fs/promises'
import type { Dataset } from './dataset.ts'
import type { OpenedDataset } from './format.ts'
import { unreadable } from './location.ts'

/** How a file looked when it was read; another size or time means another content. */
export interface FileStamp {
  path: string
  size: number
  /** Milliseconds since 1970. */
  modified: number
}

/** Decoded datasets may take so many bytes before the one used longest ago is let go. */
const cacheLimit = 2 ** 30

interface Entry {
  opened: Promise<OpenedDataset>
  stamps: Promise<FileStamp[]>
  bytes: number
}

/** Stamps of files. Throws `dataset.notFound` where one is gone. */
export function stampsOf(paths: readonly string[]): Promise<FileStamp[]> {
  return Promise.all(
    paths.map(async (path) => {
      try {
        const { size, mtimeMs } = await stat(path)
        return { path, size, modified: mtimeMs }
      } catch (thrown) {
        throw unreadable(path, thrown)
      }
    }),
  )
}

/** Whether the files are still as they were. */
export async function unchanged(stamps: readonly FileStamp[]): Promise<boolean> {
  try {
    const now = await stampsOf(stamps.map((stamp) => stamp.path))
    return now.every((stamp, i) => stamp.size === stamps[i].size && stamp.modified === stamps[i].modified)
  } catch {
    return false
  }
}

/** What an opened dataset holds in memory; recordings stay on disk. */
function bytesInMemory(dataset: Dataset): number {
  if (dataset.kind === 'images') return dataset.train.images.length + dataset.test.images.length
  return 17 * (dataset.train.count + dataset.test.count)
}

/** Keeps opened datasets, so that one is decoded once and again only after its files changed. */
export class OpenedDatasets {
  /** In the order of their last use, the newest at the end. */
  readonly #entries = new Map<string, Entry>()

  /** The dataset under `key`, opened by `open` where it is not here or no longer current. */
  async get(
    key: string,
    open: () => Promise<OpenedDataset>,
  ): Promise<OpenedDataset & { stamps: FileStamp[] }> {
    let entry = this.#entries.get(key)
    if (entry && !(await this.#current(entry))) entry = undefined
    entry ??= this.#start(key, open)
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    try {
      const opened = await entry.opened
      entry.bytes = bytesInMemory(opened.dataset)
      this.#letGo(key)
      return { ...opened, stamps: await entry.stamps }
    } catch (thrown) {
      if (this.#entries.get(key) === entry) this.#entries.delete(key)
      throw thrown
    }
  }

  #start(key: string, open: () => Promise<OpenedDataset>): Entry {
    const opened = open()
    const stamps = opened.then(({ files }) => stampsOf(files))
    // The failure is reported through `opened`.
    stamps.catch(() => undefined)
    const entry = { opened, stamps, bytes: 0 }
    this.#entries.set(key, entry)
    return entry
  }

  async #current(entry: Entry): Promise<boolean> {
    try {
      return await unchanged(await entry.stamps)
    } catch {
      return false
    }
  }

  #letGo(kept: string): void {
    let total = [...this.#entries.values()].reduce((sum, entry) => sum + entry.bytes, 0)
    for (const [key, entry] of this.#entries) {
      if (total <= cacheLimit) return
      if (key === kept) continue
      this.#entries.delete(key)
      total -= entry.bytes
    }
  }
}
