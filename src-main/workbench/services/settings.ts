import { readSettings, writeSettings } from '../../runs/settings.ts'
import type { Handlers, WorkbenchContext } from '../context.ts'

/** Settings of the workspace that no experiment holds. */
export function settingsService({
  workspace,
}: WorkbenchContext): Handlers<'settings.read' | 'settings.write'> {
  return {
    'settings.read': () => readSettings(workspace.folder),
    'settings.write': (settings) => {
      writeSettings(workspace.folder, settings)
      return readSettings(workspace.folder)
    },
  }
}
