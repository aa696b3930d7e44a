import { showToast } from './toasts.ts'

/** Copies the way of old: a field out of sight, selected, and the command of the Edit menu. */
function copySelected(text: string): boolean {
  const before = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.setAttribute('aria-hidden', 'true')
  field.className = 'hidden-text'
  document.body.append(field)
  field.select()
  try {
    return document.execCommand('copy')
  } catch {
    return false
  } finally {
    field.remove()
    if (before instanceof HTMLElement) before.focus()
  }
}

/**
 * Puts a text on the clipboard, on a click or a key; false where that is not to be had. The desktop shell grants no
 * permissions, so that the newer way is refused there; the older one needs none.
 */
export async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copySelected(text)
  }
}

/** The same, and says in a toast what was copied, or that it could not be. */
export async function copyText(text: string, words: { copied: string; failed: string }): Promise<void> {
  const copied = await writeClipboard(text)
  showToast(copied ? { text: words.copied } : { text: words.failed, kind: 'bad' })
}
