import { afterEach, describe, expect, it } from 'vitest'
import { onMenuCommand } from '../../../src-renderer/bridge/open.ts'
import { registerCommand, runCommandNamed } from '../../../src-renderer/commands/registry.ts'

afterEach(() => {
  delete window.spikedesk
})

describe('commands of the menu', () => {
  it('are run by their id, where they can act', () => {
    const done: string[] = []
    let order: (id: string) => void = () => undefined
    window.spikedesk = {
      post: () => undefined,
      onMessage: () => undefined,
      onCommand: (listener) => (order = listener),
    }
    const forget = [
      registerCommand('edit.undo', { run: () => done.push('undo') }),
      registerCommand('edit.redo', { run: () => done.push('redo'), enabled: () => false }),
    ]
    onMenuCommand(runCommandNamed)
    for (const id of ['edit.undo', 'edit.redo', 'run.start', 'no.such', '__proto__']) order(id)
    expect(done).toEqual(['undo'])
    for (const each of forget) each()
  })

  it('are not asked for in a browser', () => {
    expect(() => onMenuCommand(() => undefined)).not.toThrow()
  })
})
