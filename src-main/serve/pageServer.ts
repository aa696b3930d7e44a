import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { SpikedeskError } from '../../src-shared/errors/index.ts'
import { maxFrameBytes } from '../../src-shared/frames.ts'
import { Access } from './access.ts'
import type { PageFile } from './pageFiles.ts'

/** Where the page opens its WebSocket. */
export const channelPath = '/channel'

/** The page may load itself, draw pictures it made, and talk to its own WebSocket; nothing else. */
function contentSecurityPolicy(host: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' data: blob:",
    `connect-src ws://${host}${channelPath}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

function headersFor(host: string): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(host),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  }
}

/** An answer without a page: a status and one sentence. */
interface Refusal {
  status: number
  sentence: string
}

const refusals = {
  host: { status: 421, sentence: 'This address is not the one that Spikedesk printed; open that one.' },
  origin: { status: 403, sentence: 'Spikedesk answers its own page only.' },
  token: {
    status: 403,
    sentence: 'Open the whole address that Spikedesk printed; the key at its end is needed.',
  },
  method: { status: 405, sentence: 'Spikedesk serves its page by GET and HEAD only.' },
  missing: { status: 404, sentence: 'There is no such file in the page of Spikedesk.' },
} as const satisfies Record<string, Refusal>

function refuse(response: ServerResponse, { status, sentence }: Refusal): void {
  response.writeHead(status, {
    ...headersFor(''),
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(sentence) + 1,
    ...(status === 405 ? { Allow: 'GET, HEAD' } : {}),
  })
  response.end(`${sentence}\n`)
}

/** The path and query of a request; null where it is no address. */
function addressOf(request: IncomingMessage): URL | null {
  return URL.parse(request.url ?? '', 'http://localhost')
}

function answer(
  files: Map<string, PageFile>,
  access: Access,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (!access.isForHere(request)) return refuse(response, refusals.host)
  if (!access.isFromHere(request, false)) return refuse(response, refusals.origin)
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, refusals.method)
  const address = addressOf(request)
  const headers = headersFor(request.headers.host ?? '')
  if (address?.pathname === '/' && access.isToken(address.searchParams.get('token'))) {
    response.writeHead(303, { ...headers, 'Set-Cookie': access.cookie, Location: '/' })
    response.end()
    return
  }
  if (!access.hasCookie(request)) return refuse(response, refusals.token)
  const file = files.get(address?.pathname ?? '')
  if (!file) return refuse(response, refusals.missing)
  response.writeHead(200, { ...headers, 'Content-Type': file.type, 'Content-Length': file.bytes.length })
  response.end(request.method === 'HEAD' ? undefined : file.bytes)
}

function upgradeRefusal(access: Access, request: IncomingMessage): Refusal | null {
  if (!access.isForHere(request)) return refusals.host
  if (!access.isFromHere(request, true)) return refusals.origin
  if (!access.hasCookie(request)) return refusals.token
  return addressOf(request)?.pathname === channelPath ? null : refusals.missing
}

function refuseUpgrade(socket: Duplex, { status, sentence }: Refusal): void {
  socket.on('error', () => socket.destroy())
  socket.end(
    `HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(sentence) + 1}\r\n\r\n${sentence}\n`,
  )
}

/** The server of the page and its WebSocket. Everything but the page's own files is refused with one sentence. */
export class PageServer {
  private readonly http: Server
  private readonly sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
  })
  private readonly files: Map<string, PageFile>
  private readonly connect: (socket: WebSocket) => void

  /** `connect` gets the WebSocket of every page that is let in. */
  constructor(files: Map<string, PageFile>, connect: (socket: WebSocket) => void) {
    this.files = files
    this.connect = connect
    this.http = createServer()
  }

  /**
   * Listens at 127.0.0.1; 0 takes any free port. Returns the address, with the token that lets a page in.
   * @throws SpikedeskError `host.portInUse`, `host.listen`
   */
  async listen(port: number): Promise<string> {
    try {
      this.http.listen(port, '127.0.0.1')
      await once(this.http, 'listening')
    } catch (thrown) {
      const code = (thrown as NodeJS.ErrnoException).code ?? String(thrown)
      if (code === 'EADDRINUSE') throw new SpikedeskError('host.portInUse', { port }, thrown)
      throw new SpikedeskError('host.listen', { port, reason: code }, thrown)
    }
    const access = new Access((this.http.address() as AddressInfo).port)
    this.http.on('request', (request, response) => answer(this.files, access, request, response))
    this.http.on('upgrade', (request, socket, head) => {
      const refusal = upgradeRefusal(access, request)
      if (refusal) refuseUpgrade(socket, refusal)
      else this.sockets.handleUpgrade(request, socket, head, this.connect)
    })
    return access.url
  }

  /** Ends every connection and stops listening. */
  close(): Promise<void> {
    for (const socket of this.sockets.clients) socket.terminate()
    return new Promise((resolve) => {
      this.http.close(() => resolve())
      this.http.closeAllConnections()
    })
  }
}
