import { commands, type Command, type CommandId } from '../../src-shared/commands.ts'

const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.platform)

/** Elements that take text, where single keys belong to the text. */
function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type)
}

/** Text fields of the experiment; undo in any other text field is the browser's. */
function editsDocument(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[data-document]') !== null
}

/** Elements for which Space or Enter already mean something. */
function actsOnSpace(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.closest(
      'button, a, select, summary, [role=listbox], [role=option], [role=menuitem], [role=application]',
    ) !== null
  )
}

function matches(keys: string, event: KeyboardEvent, mac: boolean): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1) === 'Space' ? ' ' : (parts.at(-1) ?? '')
  const wanted = (name: string): boolean => parts.slice(0, -1).includes(name)
  if (event.altKey !== wanted('Alt')) return false
  if ((mac ? event.metaKey : event.ctrlKey) !== wanted('Mod')) return false
  if (mac ? event.ctrlKey : event.metaKey) return false
  const isSign = key.length === 1 && !/[a-z0-9 ]/i.test(key)
  if (!isSign && event.shiftKey !== wanted('Shift')) return false
  if (/^[0-9]$/.test(key) && event.code === `Digit${key}`) return true
  return event.key.toLowerCase() === key.toLowerCase()
}

/** The command that a key press orders, or null. Presses while an input method composes order nothing. */
export function commandOf(event: KeyboardEvent, mac = isMac): CommandId | null {
  if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return null
  const found = commands.find((command: Command) => command.keys.some((keys) => matches(keys, event, mac)))
  if (!found) return null
  const command: Command = found
  if (takesText(event.target)) {
    if (!command.inText) return null
    if (command.group === 'edit' && !editsDocument(event.target)) return null
  }
  if (command.keys[0] === 'Space' && actsOnSpace(event.target)) return null
  return found.id
}

/** Keys as they are printed on the keyboard here: ⇧⌘Z or Ctrl+Shift+Z. */
export function keysText(keys: string, mac = isMac): string {
  if (!mac) return keys.replace('Mod', 'Ctrl')
  const signs: Record<string, string> = { Mod: '⌘', Shift: '⇧', Alt: '⌥', Enter: '↩' }
  return keys
    .split('+')
    .map((part) => signs[part] ?? part)
    .join('')
}
