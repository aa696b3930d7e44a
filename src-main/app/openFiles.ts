import { resolve } from 'node:path'
import { app } from 'electron'

/**
 * Paths that the system hands over, by double click, by drop on the icon or as arguments. They may come before
 * anything is there to open them, so they wait.
 */
export class OpenFiles {
  #waiting: string[] = []
  #open: ((path: string) => void) | null = null

  add(paths: readonly string[]): void {
    const open = this.#open
    if (open) for (const path of paths) open(path)
    else this.#waiting.push(...paths)
  }

  /** Opens what waits and all that comes. */
  serve(open: (path: string) => void): void {
    this.#open = open
    const waiting = this.#waiting
    this.#waiting = []
    for (const path of waiting) open(path)
  }
}

/** The paths among the arguments of a start: all but the program, its own folder, and switches. */
export function pathArguments(argv: readonly string[], workingFolder: string, appFolder: string): string[] {
  return argv
    .slice(1)
    .filter((argument) => argument !== '' && !argument.startsWith('-'))
    .map((argument) => resolve(workingFolder, argument))
    .filter((path) => path !== resolve(appFolder))
}

/** Takes what this start was given, and what macOS hands over later. Call before `ready`. */
export function setupOpenFiles(files: OpenFiles): void {
  files.add(pathArguments(process.argv, process.cwd(), app.getAppPath()))
  app.on('open-file', (event, path) => {
    event.preventDefault()
    files.add([path])
  })
}
