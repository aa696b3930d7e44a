import { shell } from 'electron'

/** The one door through which a link leaves the program: http and https, to the system's browser. */
export function openLink(url: string): void {
  const address = URL.parse(url)
  if (!address || !['https:', 'http:'].includes(address.protocol)) return
  // Chromium's own reading of the address, so that the browser gets what was checked.
  void shell.openExternal(address.href).catch(() => undefined)
}
