import type { RunState } from '../../src-shared/contract.ts'
import type { MainWindow } from './mainWindow.ts'
import type { ShellClient } from './shellClient.ts'

const standing: readonly RunState[] = ['pausing', 'paused']
const moving: readonly RunState[] = ['preparing', 'running', 'stopping']

/** Shows in taskbar or dock how far the run is: the share of all batches that are done. */
export function setupTaskbarProgress(client: ShellClient, window: MainWindow): void {
  const epochsOf = new Map<string, number>()
  let share = 0

  client.on('run.changed', ({ id, state, epochs }) => {
    if (moving.includes(state)) {
      epochsOf.set(id, epochs)
    } else if (standing.includes(state)) {
      window.current?.setProgressBar(share, { mode: 'paused' })
    } else if (epochsOf.delete(id)) {
      share = 0
      window.current?.setProgressBar(-1)
    }
  })
  client.on('training.metrics', ({ run, epoch, batch, batchesPerEpoch }) => {
    const epochs = epochsOf.get(run)
    if (epochs === undefined) return
    share = Math.min(1, Math.max(0, (epoch - 1 + batch / batchesPerEpoch) / epochs))
    window.current?.setProgressBar(share)
  })
}
