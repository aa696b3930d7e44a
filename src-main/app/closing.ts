import { app, dialog, type BrowserWindow } from 'electron'
import type { MainWindow } from './mainWindow.ts'
import type { ShellClient } from './shellClient.ts'
import { texts } from './texts/index.ts'

/** What closing needs of the workbench. */
export interface Closable {
  /** Id of the run that is being trained; null where none is. */
  readonly activeRun: string | null
  /** Stops that run with a checkpoint and ends everything. */
  close(): Promise<void>
}

const choices = ['keep', 'stop', 'cancel'] as const

async function ask(window: BrowserWindow): Promise<(typeof choices)[number]> {
  const { closingTitle, closingDetail, keepRunning, stopAndSave, cancel } = texts()
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: closingTitle,
    detail: closingDetail,
    buttons: [keepRunning, stopAndSave, cancel],
    defaultId: choices.indexOf('keep'),
    cancelId: choices.indexOf('cancel'),
    noLink: true,
  })
  return choices[response] ?? 'cancel'
}

/**
 * Closing the window while a run is trained asks whether it goes on. A run that goes on keeps the program alive
 * without a window until it ends; before the program ends, the workbench stops what is left with a checkpoint.
 */
export function setupClosing(workbench: Closable, client: ShellClient, window: MainWindow): void {
  let stopping = false
  let asking = false
  let closed = false

  window.onClosing((event) => {
    const current = window.current
    if (stopping || !current || workbench.activeRun === null) return
    event.preventDefault()
    if (asking) return
    asking = true
    void ask(current)
      .then((choice) => {
        if (choice === 'stop') {
          stopping = true
          app.quit()
        } else if (choice === 'keep') current.destroy()
      })
      .finally(() => (asking = false))
  })
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin' && workbench.activeRun === null) app.quit()
  })
  client.on('run.changed', () => {
    if (process.platform !== 'darwin' && workbench.activeRun === null && window.current === null) app.quit()
  })
  app.on('activate', () => window.show())
  app.on('will-quit', (event) => {
    if (closed) return
    event.preventDefault()
    void workbench.close().finally(() => {
      closed = true
      app.quit()
    })
  })
}
