/**
 * Everything that can be ordered by menu, key or palette, in one table. A `label` is English; the page looks up a
 * translation under `commands.<id>` and falls back on it.
 *
 * Keys are written as `Mod+Shift+Z`: `Mod` is Cmd on macOS and Ctrl elsewhere. A letter, digit or sign stands for
 * the key that bears it; `Space`, `Enter`, `ArrowUp` and the like are the names of the DOM.
 */
export interface Command {
  id: string
  label: string
  group: 'go' | 'edit' | 'run' | 'view' | 'help'
  /** Default keys; the first one is shown. */
  keys: readonly string[]
  /** Acts in text fields too, e.g. because it holds `Mod`. */
  inText?: boolean
}

export const commands = [
  { id: 'go.data', label: 'Go to Data', group: 'go', keys: ['Alt+1'], inText: true },
  { id: 'go.model', label: 'Go to Model', group: 'go', keys: ['Alt+2'], inText: true },
  { id: 'go.train', label: 'Go to Train', group: 'go', keys: ['Alt+3'], inText: true },
  { id: 'go.activity', label: 'Go to Activity', group: 'go', keys: ['Alt+4'], inText: true },
  { id: 'go.inspector', label: 'Go to Inspect', group: 'go', keys: ['Alt+5'], inText: true },
  { id: 'go.runs', label: 'Go to Runs', group: 'go', keys: ['Alt+6'], inText: true },
  { id: 'go.settings', label: 'Settings', group: 'go', keys: ['Mod+,'], inText: true },
  { id: 'edit.undo', label: 'Undo', group: 'edit', keys: ['Mod+Z'], inText: true },
  { id: 'edit.redo', label: 'Redo', group: 'edit', keys: ['Mod+Shift+Z', 'Mod+Y'], inText: true },
  { id: 'edit.resetAll', label: 'Reset all parameters', group: 'edit', keys: [] },
  { id: 'run.start', label: 'Start training', group: 'run', keys: ['Mod+Enter'], inText: true },
  { id: 'run.toggle', label: 'Run or pause', group: 'run', keys: ['Space'] },
  { id: 'run.stop', label: 'Stop training', group: 'run', keys: ['Mod+.'], inText: true },
  { id: 'inspector.open', label: 'Open a checkpoint', group: 'view', keys: ['Mod+Shift+O'], inText: true },
  { id: 'inspector.find', label: 'Find in the checkpoint', group: 'view', keys: ['/', 'Mod+F'] },
  {
    id: 'view.theme',
    label: 'Switch between light and dark',
    group: 'view',
    keys: ['Mod+Shift+L'],
    inText: true,
  },
  { id: 'help.palette', label: 'Find a command', group: 'help', keys: ['Mod+K'], inText: true },
  { id: 'help.keys', label: 'Show all keys', group: 'help', keys: ['?'] },
] as const satisfies readonly Command[]

export type CommandId = (typeof commands)[number]['id']

export function findCommand(id: CommandId): Command {
  return commands.find((command) => command.id === id) as Command
}
