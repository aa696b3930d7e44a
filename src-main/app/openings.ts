import { resolve } from 'node:path'
import { dialog, type OpenDialogOptions } from 'electron'
import { screenOfFile, type FileScreen } from '../../src-shared/fileScreens.ts'
import type { MainWindow } from './mainWindow.ts'
import type { Recents } from './recents.ts'
import type { ShellClient } from './shellClient.ts'

/**
 * Hands the page what comes from outside of it: from dialogs, the list of recent files, and the system. The page adds a
 * dataset and opens a checkpoint as if it had been given to it directly, with progress, questions and refusals.
 */
export class Openings {
  readonly #client: ShellClient
  readonly #window: MainWindow
  readonly #recents: Recents
  /** Paths that are being added; they are recent once they are datasets. */
  readonly #adding = new Set<string>()

  constructor(client: ShellClient, window: MainWindow, recents: Recents) {
    this.#client = client
    this.#window = window
    this.#recents = recents
    client.on('datasets.changed', ({ cards }) => {
      for (const { path } of cards) if (path !== null && this.#adding.delete(path)) recents.add(path)
    })
  }

  /** Opens a folder or file on the screen for it, or on the given one. */
  async open(given: string, wanted?: FileScreen): Promise<void> {
    const path = resolve(given)
    const screen = wanted ?? (await this.#screenOf(path))
    if (screen === 'data') this.#adding.add(path)
    else this.#recents.add(path)
    this.#window.open({ screen, path })
  }

  /** Asks for a folder or a file, and opens it. */
  async choose(kind: 'openDirectory' | 'openFile', screen: FileScreen): Promise<void> {
    const options: OpenDialogOptions = { properties: [kind] }
    const window = this.#window.current
    const { canceled, filePaths } = await (window
      ? dialog.showOpenDialog(window, options)
      : dialog.showOpenDialog(options))
    if (!canceled && filePaths.length > 0) await this.open(filePaths[0], screen)
  }

  /** A file that several screens take stays with the datasets where it is one of them. */
  async #screenOf(path: string): Promise<FileScreen> {
    const screen = screenOfFile(path)
    if (screen === 'data' || screenOfFile(path, 'data') !== 'data') return screen
    const known = await this.#client.request('datasets.list', {}).catch(() => [])
    return known.some((card) => card.path === path) ? 'data' : screen
  }
}
