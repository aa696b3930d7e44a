import { Notification } from 'electron'
import type { RunSummary } from '../../src-shared/contract.ts'
import { fromErrorMessage } from '../../src-shared/errors/index.ts'
import type { MainWindow } from './mainWindow.ts'
import type { ShellClient } from './shellClient.ts'
import { errorWords, texts } from './texts/index.ts'

function bodyOf({ state, error, lastTestAccuracy }: RunSummary): string {
  if (error) return errorWords(fromErrorMessage(error))
  if (state === 'done')
    return texts().runDone(lastTestAccuracy === null ? null : (lastTestAccuracy * 100).toFixed(2))
  return texts().runInterrupted
}

/** Says that a run has ended by itself, where nobody is looking at the window. */
export function setupNotifications(client: ShellClient, window: MainWindow): void {
  const active = new Set<string>()
  client.on('run.changed', (run) => {
    const ended = run.state === 'done' || run.state === 'failed' || run.state === 'interrupted'
    if (!ended) {
      if (run.state === 'stopped') active.delete(run.id)
      else active.add(run.id)
      return
    }
    if (!active.delete(run.id) || window.current?.isFocused() || !Notification.isSupported()) return
    const notification = new Notification({ title: run.name, body: bodyOf(run) })
    notification.on('click', () => {
      window.command('go.runs')
    })
    notification.show()
  })
}
