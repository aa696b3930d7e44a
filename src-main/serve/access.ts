import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What lets a request in: the token, in the address or in the cookie, and that it is meant for this server. */
export class Access {
  readonly token = randomBytes(24).toString('base64url')
  private readonly port: number
  private readonly hosts: ReadonlySet<string>

  constructor(port: number) {
    this.port = port
    this.hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`])
  }

  /** The address that lets a page in. */
  get url(): string {
    return `http://127.0.0.1:${this.port}/?token=${this.token}`
  }

  /** Cookies are shared by all ports of a host, so the name holds the port. */
  get cookie(): string {
    return `spikedesk-${this.port}=${this.token}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** The request names this server, so that no foreign name was made to point here (DNS rebinding). */
  isForHere({ headers }: IncomingMessage): boolean {
    return headers.host !== undefined && this.hosts.has(headers.host)
  }

  /** The request comes from a page of this server; `required`: or does not say where it comes from. */
  isFromHere({ headers }: IncomingMessage, required: boolean): boolean {
    return headers.origin === undefined ? !required : headers.origin === `http://${headers.host}`
  }

  isToken(candidate: string | null): boolean {
    const given = Buffer.from(candidate ?? '')
    const wanted = Buffer.from(this.token)
    return given.length === wanted.length && timingSafeEqual(given, wanted)
  }

  hasCookie({ headers }: IncomingMessage): boolean {
    const name = `spikedesk-${this.port}=`
    const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim())
    return cookies.some((cookie) => cookie.startsWith(name) && this.isToken(cookie.slice(name.length)))
  }
}
