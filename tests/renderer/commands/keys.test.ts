import { afterEach, describe, expect, it } from 'vitest'
import { commandOf, keysText } from '../../../src-renderer/commands/keys.ts'
import { commands } from '../../../src-shared/commands.ts'

/** The command that a key orders on an element of the page. */
function pressed(
  key: string,
  init: KeyboardEventInit & { keyCode?: number } = {},
  on = '<main></main>',
  mac = false,
) {
  document.body.innerHTML = on
  let found: ReturnType<typeof commandOf> = null
  const target = document.body.querySelector('[data-here]') ?? document.body.firstElementChild!
  target.addEventListener('keydown', (event) => (found = commandOf(event as KeyboardEvent, mac)))
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ...init }))
  return found
}

describe('keys', () => {
  afterEach(() => (document.body.innerHTML = ''))

  it('order commands', () => {
    expect(pressed(' ')).toBe('run.toggle')
    expect(pressed('?', { shiftKey: true })).toBe('help.keys')
    expect(pressed('k', { ctrlKey: true })).toBe('help.palette')
    expect(pressed('k', { metaKey: true }, undefined, true)).toBe('help.palette')
    expect(pressed('z', { ctrlKey: true })).toBe('edit.undo')
    expect(pressed('Z', { ctrlKey: true, shiftKey: true })).toBe('edit.redo')
    expect(pressed('¡', { altKey: true, code: 'Digit1' }, undefined, true)).toBe('go.data')
  })

  it('order nothing with other modifiers', () => {
    expect(pressed('k')).toBeNull()
    expect(pressed('k', { ctrlKey: true, altKey: true })).toBeNull()
    expect(pressed('k', { ctrlKey: true }, undefined, true)).toBeNull()
    expect(pressed(' ', { shiftKey: true })).toBeNull()
  })

  it('leave text to text fields', () => {
    expect(pressed(' ', {}, '<input type="text">')).toBeNull()
    expect(pressed('?', { shiftKey: true }, '<textarea></textarea>')).toBeNull()
    expect(pressed('k', { ctrlKey: true }, '<input type="text">')).toBe('help.palette')
  })

  it('undo the document from its own fields, and leave other fields to the browser', () => {
    expect(pressed('z', { ctrlKey: true }, '<div data-document><input type="text" data-here></div>')).toBe(
      'edit.undo',
    )
    expect(pressed('z', { ctrlKey: true }, '<input type="text">')).toBeNull()
  })

  it('leave Space to what it presses', () => {
    expect(pressed(' ', {}, '<button></button>')).toBeNull()
    expect(pressed(' ', {}, '<div role="option"></div>')).toBeNull()
  })

  it('order nothing while an input method composes', () => {
    expect(pressed('k', { ctrlKey: true, isComposing: true })).toBeNull()
    expect(pressed(' ', { keyCode: 229 })).toBeNull()
  })

  it('are each bound to one command', () => {
    const all = commands.flatMap((command) => [...command.keys])
    expect(new Set(all).size).toBe(all.length)
  })

  it('are shown as they are printed', () => {
    expect(keysText('Mod+Shift+Z', false)).toBe('Ctrl+Shift+Z')
    expect(keysText('Mod+Shift+Z', true)).toBe('⌘⇧Z')
  })
})
