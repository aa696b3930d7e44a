import { statSync } from 'node:fs'
import { openCheckpointFile } from '../../checkpoints/files/open.ts'
import type { OpenedFile } from '../../checkpoints/files/openedFile.ts'

/** Files that stay open while somebody looks at them. */
const mostOpen = 4

/** Keeps files open under their path, size and time, so that each look does not list them anew. */
export class OpenFiles {
  private readonly files = new Map<string, OpenedFile>()

  /** Throws what `openCheckpointFile` does. */
  get(path: string): OpenedFile {
    const stats = statSync(path, { throwIfNoEntry: false })
    const key = `${path}\n${stats?.size}\n${stats?.mtimeMs}`
    const file = this.files.get(key) ?? openCheckpointFile(path)
    this.files.delete(key)
    this.files.set(key, file)
    for (const [old, unused] of this.files) {
      if (this.files.size <= mostOpen) break
      this.files.delete(old)
      unused.close()
    }
    return file
  }
}
