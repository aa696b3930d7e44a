import { app } from 'electron'
import { openLink } from './openExternal.ts'

/**
 * Keeps every page where it is: no navigation, no new windows, no webviews. A link with a target of its own goes
 * to the browser. Call before `ready`.
 */
export function setupNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => event.preventDefault())
    contents.on('will-frame-navigate', (event) => event.preventDefault())
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      openLink(url)
      return { action: 'deny' }
    })
  })
}
