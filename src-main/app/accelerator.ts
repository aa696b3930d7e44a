/**
 * Keys of `src-shared/commands.ts` as Electron writes them: `Mod+Shift+Z` to `CmdOrCtrl+Shift+Z`. Undefined for a
 * key without Ctrl, Cmd or Alt, which belongs to what is typed.
 */
export function acceleratorOf(keys: string | undefined): string | undefined {
  if (keys === undefined) return undefined
  const parts = keys.split('+')
  if (!parts.slice(0, -1).some((part) => part === 'Mod' || part === 'Alt')) return undefined
  return parts.map((part) => (part === 'Mod' ? 'CmdOrCtrl' : part)).join('+')
}
