import { protocol, type Session } from 'electron'
import { readPageFiles, type PageFile } from '../serve/pageFiles.ts'

const scheme = 'app'
const host = 'spikedesk'

/** The origin of the page, and of nothing else. */
export const pageOrigin = `${scheme}://${host}`
export const pageAddress = `${pageOrigin}/`

/** The page may load itself and draw pictures it made; it talks over the preload's channel alone. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const headers = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}

/** Makes `app://` a scheme like https, with origins of its own. Call before `ready`. */
export function setupPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ])
}

function refusal(status: number): Response {
  return new Response(null, { status, headers })
}

/**
 * Answers a request of the page from the table of its files. What is not in the table does not exist, so no path
 * leads out of the folder.
 */
export function answerPage(files: ReadonlyMap<string, PageFile>, request: Request): Response {
  if (request.method !== 'GET') return refusal(405)
  const address = URL.parse(request.url)
  if (address?.protocol !== `${scheme}:` || address.host !== host) return refusal(403)
  const file = files.get(address.pathname)
  if (!file) return refusal(404)
  const length = String(file.bytes.length)
  return new Response(new Uint8Array(file.bytes), {
    headers: { ...headers, 'Content-Type': file.type, 'Content-Length': length },
  })
}

/** Serves the built page in `folder` under `app://spikedesk/`. */
export function setupPageProtocol(session: Session, folder: string): void {
  const files = readPageFiles(folder)
  session.protocol.handle(scheme, (request) => answerPage(files, request))
}
