import { dirname, join } from 'node:path'
import { app, dialog } from 'electron'
import type { MainWindow } from './mainWindow.ts'

/** The system's own dialogue for a new file, in the folder of the last one. It asks before it replaces a file. */
export class SaveDialog {
  readonly #window: MainWindow
  #folder: string | null = null

  constructor(window: MainWindow) {
    this.#window = window
  }

  /** Where a file of this name is to lie; null where the user wants it nowhere. */
  async choose(name: string): Promise<string | null> {
    const options = { defaultPath: join(this.#folder ?? app.getPath('documents'), name) }
    const window = this.#window.current
    const { canceled, filePath } = await (window
      ? dialog.showSaveDialog(window, options)
      : dialog.showSaveDialog(options))
    if (canceled || !filePath) return null
    this.#folder = dirname(filePath)
    return filePath
  }
}
