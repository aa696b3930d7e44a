import { registerCommand } from '../commands/registry.ts'
import { go, screenIds } from '../router.ts'
import { useExperimentStore } from '../stores/experiment.ts'
import { useSettingsStore } from '../stores/settings.ts'
import { theme } from '../theme/theme.ts'

/** The commands that the shell itself carries out. */
export function usePageCommands(show: { palette(): void; keys(): void }): void {
  const experiment = useExperimentStore()
  const settings = useSettingsStore()
  for (const screen of screenIds) registerCommand(`go.${screen}`, { run: () => go(screen) })
  registerCommand('edit.undo', { run: experiment.undo, enabled: () => experiment.canUndo })
  registerCommand('edit.redo', { run: experiment.redo, enabled: () => experiment.canRedo })
  registerCommand('edit.resetAll', { run: experiment.resetAll, enabled: () => experiment.changed })
  registerCommand('view.theme', {
    run: () => (settings.theme = theme.value === 'dark' ? 'light' : 'dark'),
  })
  registerCommand('help.palette', { run: show.palette })
  registerCommand('help.keys', { run: show.keys })
}
