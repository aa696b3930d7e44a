import { dialog, type OpenDialogOptions } from 'electron'
import type { MainWindow } from './mainWindow.ts'
import type { Recents } from './recents.ts'
import type { ShellClient } from './shellClient.ts'
import { errorWords, programName } from './texts/index.ts'

/** Adds datasets from outside the page: from dialogs, the list of recent ones, and the system. */
export class DatasetOpening {
  readonly #client: ShellClient
  readonly #window: MainWindow
  readonly #recents: Recents

  constructor(client: ShellClient, window: MainWindow, recents: Recents) {
    this.#client = client
    this.#window = window
    this.#recents = recents
  }

  /** Adds a folder or file and shows it; says in one sentence why, where it is no dataset. */
  async open(path: string): Promise<void> {
    try {
      await this.#client.request('datasets.add', { path })
      this.#recents.add(path)
      this.#window.command('go.data')
    } catch (thrown) {
      dialog.showErrorBox(programName, errorWords(thrown))
    }
  }

  /** Asks for a folder or a file, and adds it. */
  async choose(kind: 'openDirectory' | 'openFile'): Promise<void> {
    const options: OpenDialogOptions = { properties: [kind] }
    const window = this.#window.current
    const { canceled, filePaths } = await (window
      ? dialog.showOpenDialog(window, options)
      : dialog.showOpenDialog(options))
    if (!canceled && filePaths.length > 0) await this.open(filePaths[0])
  }
}
