import { join } from 'node:path'
import { app } from 'electron'
import { z } from 'zod'
import { readState, writeState } from './stateFile.ts'

const most = 10
const schema = z.array(z.string().min(1).max(4096)).max(100)

/** The datasets and checkpoints that were opened last, the newest first. */
export class Recents {
  readonly #file: string
  readonly #listeners: (() => void)[] = []
  #paths: readonly string[]

  constructor(stateFolder: string) {
    this.#file = join(stateFolder, 'recent.json')
    this.#paths = (readState(this.#file, schema) ?? []).slice(0, most)
  }

  get paths(): readonly string[] {
    return this.#paths
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  add(path: string): void {
    app.addRecentDocument(path)
    this.#set([path, ...this.#paths.filter((other) => other !== path)].slice(0, most))
  }

  clear(): void {
    app.clearRecentDocuments()
    this.#set([])
  }

  #set(paths: readonly string[]): void {
    this.#paths = paths
    writeState(this.#file, paths)
    for (const listener of this.#listeners) listener()
  }
}
