import { request, type IncomingHttpHeaders } from 'node:http'
import { connect, createServer, type AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import WebSocket from 'ws'
import type { PageFile } from '../../../src-main/serve/pageFiles.ts'
import { channelPath, PageServer } from '../../../src-main/serve/pageServer.ts'

const html = Buffer.from('<!doctype html><title>page</title>')
const files = new Map<string, PageFile>([
  ['/', { type: 'text/html; charset=utf-8', bytes: html }],
  ['/assets/index-1.js', { type: 'text/javascript; charset=utf-8', bytes: Buffer.from('export {}') }],
])

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

let server: PageServer
let port: number
let token: string
let cookie: string
let letIn = 0

function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => (body += text))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    sent.on('error', reject).end()
  })
}

/** Status of a refused upgrade; 101 where the socket opens. */
function upgrade(headers: Record<string, string>, path = channelPath): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers })
    socket.on('open', () => {
      socket.terminate()
      resolve(101)
    })
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    socket.on('error', reject)
  })
}

beforeAll(async () => {
  server = new PageServer(files, () => letIn++)
  const url = new URL(await server.listen(0))
  port = Number(url.port)
  token = url.searchParams.get('token') ?? ''
  cookie = `spikedesk-${port}=${token}`
})
afterAll(() => server.close())

describe('the token', () => {
  test('in the address becomes a cookie that no script can read', async () => {
    const { status, headers } = await ask(`/?token=${token}`)
    expect([status, headers.location]).toEqual([303, '/'])
    expect(headers['set-cookie']).toEqual([`${cookie}; HttpOnly; SameSite=Strict; Path=/`])
  })

  test('in the cookie opens the page', async () => {
    const { status, headers, body } = await ask('/', { cookie: `other=1; ${cookie}` })
    expect([status, body]).toEqual([200, html.toString()])
    expect(headers['content-type']).toBe('text/html; charset=utf-8')
  })

  test.each(['', 'x', 'x'.repeat(32), `${'x'.repeat(5000)}`])('is not %j', async (wrong) => {
    const { status, headers, body } = await ask(`/?token=${wrong}`)
    expect([status, headers['set-cookie']]).toEqual([403, undefined])
    expect(body).toBe('Open the whole address that Spikedesk printed; the key at its end is needed.\n')
    expect((await ask('/', { cookie: `spikedesk-${port}=${wrong}` })).status).toBe(403)
  })

  test('is needed for every file', async () => {
    expect((await ask('/assets/index-1.js')).status).toBe(403)
    expect((await ask('/assets/index-1.js', { cookie })).status).toBe(200)
  })
})

describe('headers', () => {
  test('let the page load nothing but itself and talk to nothing but its channel', async () => {
    const { headers } = await ask('/', { cookie })
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:; " +
        `connect-src ws://127.0.0.1:${port}/channel; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    )
    expect(headers).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('a request is refused', () => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1'])('for host %j', async (host) => {
    expect((await ask('/', { cookie, host })).status).toBe(421)
  })

  test.each(['http://evil.example', 'http://127.0.0.1:1', 'null'])('from origin %s', async (origin) => {
    expect((await ask('/', { cookie, origin })).status).toBe(403)
  })

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('by method %s', async (method) => {
    const { status, headers } = await ask('/', { cookie }, method)
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD'])
  })

  test.each([
    '/index.html/..',
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/assets/../../../../etc/passwd',
    '/assets/..\\..\\package.json',
    '//etc/passwd',
    '/etc/passwd',
    '/assets',
    '/assets/',
    '/assets/index-1.js%00.html',
    '/__proto__',
    'http://127.0.0.1/etc/passwd',
    '*',
  ])('for path %s', async (path) => {
    const { status, body } = await ask(path, { cookie })
    expect(body.includes('root:') || body.includes('"name"')).toBe(false)
    if (status === 200) expect(body).toBe(html.toString())
    else expect([status, body]).toEqual([404, 'There is no such file in the page of Spikedesk.\n'])
  })

  test('where it is no HTTP, and the server goes on', async () => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => undefined)
    const ended = new Promise((resolve) => socket.on('close', resolve))
    socket.end(Buffer.from([0, 1, 2, 255, 13, 10, 13, 10]))
    socket.resume()
    await ended
    expect((await ask('/', { cookie })).status).toBe(200)
  })
})

test('HEAD gives the headers alone', async () => {
  const { status, headers, body } = await ask('/', { cookie }, 'HEAD')
  expect([status, headers['content-length'], body]).toEqual([200, String(html.length), ''])
})

describe('a WebSocket', () => {
  const origin = () => `http://127.0.0.1:${port}`

  test('opens for the page of this server', async () => {
    const before = letIn
    expect(await upgrade({ cookie, origin: origin() })).toBe(101)
    expect(letIn).toBe(before + 1)
  })

  test.each<[string, () => Record<string, string>, string?]>([
    ['without the token', () => ({ origin: origin() })],
    ['with a wrong token', () => ({ origin: origin(), cookie: `spikedesk-${port}=${'x'.repeat(32)}` })],
    ['from another origin', () => ({ origin: 'http://evil.example', cookie })],
    ['from another port', () => ({ origin: 'http://127.0.0.1:1', cookie })],
    ['from no origin', () => ({ cookie })],
    ['for another host', () => ({ origin: 'http://evil.example', host: 'evil.example', cookie })],
    ['at another path', () => ({ origin: origin(), cookie }), '/other'],
  ])('is refused %s', async (_, headers, path) => {
    const before = letIn
    expect([403, 404, 421]).toContain(await upgrade(headers(), path))
    expect(letIn).toBe(before)
  })
})

test('a port in use is refused in one sentence', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  const taken = (other.address() as AddressInfo).port
  await expect(new PageServer(files, () => undefined).listen(taken)).rejects.toThrow(
    `Port ${taken} on 127.0.0.1 is in use; choose another with --port.`,
  )
  await new Promise((resolve) => other.close(resolve))
})
