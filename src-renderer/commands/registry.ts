import { getCurrentScope, onScopeDispose, shallowReactive } from 'vue'
import { commands, type CommandId } from '../../src-shared/commands.ts'

/** What a command does here and now. */
export interface CommandAction {
  run(): void
  /** Whether it can act at the moment; always, where left out. Read while rendering, so that it is reactive. */
  enabled?(): boolean
}

const actions = shallowReactive(new Map<CommandId, CommandAction>())

/** Says what a command does, until the returned function is called or the component around it goes. */
export function registerCommand(id: CommandId, action: CommandAction): () => void {
  actions.set(id, action)
  const unregister = (): void => {
    if (actions.get(id) === action) actions.delete(id)
  }
  if (getCurrentScope()) onScopeDispose(unregister)
  return unregister
}

export function isEnabled(id: CommandId): boolean {
  const action = actions.get(id)
  return action !== undefined && (action.enabled?.() ?? true)
}

/** Runs a command; false where nothing can act on it now. */
export function runCommand(id: CommandId): boolean {
  if (!isEnabled(id)) return false
  actions.get(id)?.run()
  return true
}

/** Runs the command of this id, where there is one and it can act. */
export function runCommandNamed(id: string): void {
  const command = commands.find((candidate) => candidate.id === id)
  if (command) runCommand(command.id)
}
