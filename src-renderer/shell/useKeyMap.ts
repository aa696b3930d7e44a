import { onBeforeUnmount, onMounted } from 'vue'
import { commandOf } from '../commands/keys.ts'
import { runCommand } from '../commands/registry.ts'

/** Lets keys order commands, all over the page. A dialog keeps its keys to itself. */
export function useKeyMap(): void {
  function press(event: KeyboardEvent): void {
    if (event.target instanceof Element && event.target.closest('[role=dialog]')) return
    const command = commandOf(event)
    if (command && runCommand(command)) event.preventDefault()
  }
  onMounted(() => window.addEventListener('keydown', press))
  onBeforeUnmount(() => window.removeEventListener('keydown', press))
}
