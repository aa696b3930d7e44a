import { app, dialog } from 'electron'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { Workbench } from '../workbench/workbench.ts'
import type { SaveDialog } from './saveDialog.ts'
import { errorWords, programName } from './texts/index.ts'
import { utilityFork } from './utilityFork.ts'

/**
 * Opens the workspace behind a workbench whose compute processes are Electron's. Where that cannot be, says why in
 * one sentence, ends the program and returns null.
 */
export function openWorkbench(workspace: string, computeEntry: string, saving: SaveDialog): Workbench | null {
  try {
    return new Workbench({
      host: 'electron',
      version: app.getVersion(),
      workspace,
      fork: utilityFork(computeEntry),
      chooseTarget: (name) => saving.choose(name),
    })
  } catch (thrown) {
    if (!(thrown instanceof SpikedeskError)) throw thrown
    console.error(thrown.message)
    dialog.showErrorBox(programName, errorWords(thrown))
    app.exit(1)
    return null
  }
}
