import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { chromium, type Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { tinyExperiment } from '../main/workbench/testHost.ts'
import { TestPage } from '../main/workbench/testPage.ts'
import { chromiumFlags, chromiumPath } from './chromium.ts'
import { computeProcesses, ServedWorkbench, temporaryWorkspace } from './servedWorkbench.ts'

const endless = tinyExperiment({ epochs: 100_000 })

let workspace: ReturnType<typeof temporaryWorkspace>
let started: ServedWorkbench[]

function serve(...args: string[]): ServedWorkbench {
  const own = args.includes('--workspace') ? [] : ['--workspace', workspace.folder]
  const served = new ServedWorkbench([...own, ...args])
  started.push(served)
  return served
}

beforeEach(() => {
  workspace = temporaryWorkspace()
  started = []
})
afterEach(async () => {
  await Promise.all(started.map((served) => served.stop('SIGKILL')))
  workspace.remove()
})

describe('in the browser', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: chromiumFlags })
  })
  afterAll(() => browser.close())

  test('the page opens, keeps to its policy, and talks to nobody but its own host', async () => {
    const url = await serve('--port', '0').address()
    const page = await browser.newPage()
    const complaints: string[] = []
    const addresses: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => addresses.push(request.url()))
    const socket = page.waitForEvent('websocket')
    await page.goto(url)
    const channel = await socket
    await channel.waitForEvent('framereceived')
    addresses.push(channel.url())
    expect(page.url()).toBe(new URL('/', url).href)
    expect(await page.evaluate(() => [document.cookie, crossOriginIsolated])).toEqual(['', true])
    expect(new Set(addresses.map((address) => new URL(address).host))).toEqual(new Set([new URL(url).host]))
    const other = await TestPage.open(url)
    const { id } = await other.request('training.start', { experiment: endless })
    await other.event('training.epoch', ({ run }) => run === id)
    for (const screen of ['train', 'activity', 'inspector', 'runs', 'settings', 'model', 'data', 'train']) {
      await page.evaluate((hash) => (window.location.hash = hash), `#/${screen}`)
      await page.waitForLoadState('networkidle')
      await page.mouse.move(640, 360)
      await page.waitForTimeout(500)
    }
    await other.request('training.stop', { run: id })
    expect(complaints).toEqual([])
    expect(await page.evaluate(() => fetch('/').then(String, () => 'refused'))).toBe('refused')
    await page.close()
  })

  test('a page of another origin cannot reach the channel', async () => {
    const url = await serve('--port', '0').address()
    const context = await browser.newContext()
    const page = await context.newPage()
    await page.goto(url)
    const stranger = createServer((_, response) => response.end('<!doctype html>'))
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
    await page.goto(`http://127.0.0.1:${(stranger.address() as AddressInfo).port}/`)
    const outcome = await page.evaluate(
      (address) =>
        new Promise((resolve) => {
          const socket = new WebSocket(address)
          socket.addEventListener('open', () => resolve('open'))
          socket.addEventListener('error', () => resolve('refused'))
        }),
      `ws://${new URL(url).host}/channel`,
    )
    expect(outcome).toBe('refused')
    await context.close()
    stranger.close()
    stranger.closeAllConnections()
  })
})

describe('a run', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)('is stopped with a checkpoint on %s', async (signal) => {
    const served = serve('--port', '0')
    const page = await TestPage.open(await served.address())
    const { id } = await page.request('training.start', { experiment: endless })
    await page.event('training.metrics', ({ run }) => run === id)
    expect(await served.stop(signal)).toMatchObject({ signal: null })
    expect(computeProcesses(workspace.folder)).toEqual([])
    const later = await TestPage.open(await serve('--port', '0').address())
    const [run] = await later.request('runs.list', {})
    expect(run).toMatchObject({ id, state: 'stopped' })
    expect(run.checkpoint).not.toBeNull()
  })

  test('ends with a host that is killed, reads as interrupted, and goes on from its checkpoint', async () => {
    const served = serve('--port', '0')
    const page = await TestPage.open(await served.address())
    const { id } = await page.request('training.start', { experiment: endless })
    await page.event('training.epoch', ({ record }) => record.epoch === 1)
    expect(computeProcesses(workspace.folder).length).toBe(process.platform === 'linux' ? 2 : 0)
    await served.stop('SIGKILL')
    while (computeProcesses(workspace.folder).length > 0) await wait(20)

    const later = await TestPage.open(await serve('--port', '0').address())
    const [run] = await later.request('runs.list', {})
    expect(run).toMatchObject({ id, state: 'interrupted' })
    const epochs = (run.checkpointEpoch ?? 0) + 1
    await later.request('training.continue', { run: id, epochs })
    await later.event('run.changed', ({ state, epoch }) => state === 'done' && epoch === epochs)
  })
})

/** What was said besides that the page had to be built, which depends on who changed a source last. */
function sentences(stderr: string): string[] {
  return stderr
    .trim()
    .split('\n')
    .filter((line) => !line.startsWith('Building the page'))
}

describe('refused in one sentence', () => {
  test('a port in use', async () => {
    const url = new URL(await serve('--port', '0').address())
    const other = temporaryWorkspace()
    const { code, stderr } = await serve('--port', url.port, '--workspace', other.folder).ended
    other.remove()
    expect(code).not.toBe(0)
    expect(sentences(stderr)).toEqual([
      expect.stringContaining(`Port ${url.port} on 127.0.0.1 is in use; choose another with --port.`),
    ])
  })

  test('a second workbench on one workspace', async () => {
    await serve('--port', '0').address()
    const { code, stderr } = await serve('--port', '0').ended
    expect(code).not.toBe(0)
    expect(sentences(stderr)).toEqual([
      expect.stringContaining(`The workspace ${workspace.folder} is in use by another Spikedesk`),
    ])
  })

  test('a workspace that cannot be made', async () => {
    const { code, stderr } = await serve('--workspace', '/proc/spikedesk').ended
    expect(code).not.toBe(0)
    expect(sentences(stderr)).toEqual([
      expect.stringContaining('The workspace /proc/spikedesk cannot be written'),
    ])
  })
})
