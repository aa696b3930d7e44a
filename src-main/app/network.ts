import type { Session } from 'electron'
import { pageAddress, pageOrigin } from './pageProtocol.ts'

/** The page itself, what it made in memory, and the developer tools. */
const ownAddresses = [pageAddress, `blob:${pageOrigin}/`, 'data:', 'devtools:']

function isOwn(url: string): boolean {
  return ownAddresses.some((address) => url.startsWith(address))
}

/** Nothing leaves the machine: every request but for the program's own content is cancelled. */
export function setupNetwork(session: Session): void {
  session.setSpellCheckerEnabled(false)
  session.webRequest.onBeforeRequest(({ url }, decide) => decide({ cancel: !isOwn(url) }))
  // What the page saves, e.g. a chart, it made itself.
  session.on('will-download', (event, item) => {
    if (!isOwn(item.getURL())) event.preventDefault()
  })
}
