import { join } from 'node:path'
import { app } from 'electron'

/** Where the built parts and the shell's own small files lie. */
export interface ShellPaths {
  page: string
  preload: string
  compute: string
  /** For window bounds and recent files; a folder of its own, so that it meets none of Chromium's. */
  state: string
}

/** Gives Chromium's caches a folder of their own. Call before `ready`. */
export function setupFolders(): void {
  app.setPath('sessionData', join(app.getPath('userData'), 'session'))
}

/** The paths of this program. */
export function shellPaths(): ShellPaths {
  const built = join(app.getAppPath(), 'out')
  return {
    page: join(built, 'renderer'),
    preload: join(built, 'preload', 'preload.cjs'),
    compute: join(built, 'main', 'compute.js'),
    state: join(app.getPath('userData'), 'shell'),
  }
}
