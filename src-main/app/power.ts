import { powerSaveBlocker } from 'electron'
import type { ShellClient } from './shellClient.ts'

/** Keeps the machine from sleeping while a run is running, and at no other time. */
export function setupPower(client: ShellClient): void {
  const blockers = new Map<string, number>()
  client.on('run.changed', ({ id, state }) => {
    const blocker = blockers.get(id)
    if (state === 'running' && blocker === undefined) {
      blockers.set(id, powerSaveBlocker.start('prevent-app-suspension'))
    } else if (state !== 'running' && blocker !== undefined) {
      blockers.delete(id)
      powerSaveBlocker.stop(blocker)
    }
  })
}
