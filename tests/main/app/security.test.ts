import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Session } from 'electron'
import * as fake from './fakeElectron.ts'
import { channelNames } from '../../../src-main/app/channelNames.ts'
import { MainWindow } from '../../../src-main/app/mainWindow.ts'
import { setupNavigation } from '../../../src-main/app/navigation.ts'
import { setupNetwork } from '../../../src-main/app/network.ts'
import { openLink } from '../../../src-main/app/openExternal.ts'
import { setupPageChannel } from '../../../src-main/app/pageChannel.ts'
import { pageAddress, setupPageProtocol, setupPageScheme } from '../../../src-main/app/pageProtocol.ts'
import { setupPermissions } from '../../../src-main/app/permissions.ts'
import { setupSandbox } from '../../../src-main/app/switches.ts'
import { writeFolder } from '../../corpus/idxFiles.ts'

vi.mock('electron', () => import('./fakeElectron.ts'))

/** Electron's security tutorial, point by point; the numbers are its own. */

const root = fileURLToPath(new URL('../../..', import.meta.url))
let scratch = ''
let window: MainWindow
let page: fake.BrowserWindow
let handled: unknown[] = []

function defaultSession(): typeof fake.session.defaultSession & Session {
  return fake.session.defaultSession as typeof fake.session.defaultSession & Session
}

beforeEach(async () => {
  fake.reset()
  scratch = mkdtempSync(join(tmpdir(), 'spikedesk-shell-'))
  const pageFolder = writeFolder(scratch, 'page', {
    'index.html': '<!doctype html>',
    'assets/a.js': '1',
    'secret.key': 'x',
  })
  writeFolder(scratch, '.', { 'outside.js': 'secret' })
  setupSandbox()
  setupPageScheme()
  setupNavigation()
  await fake.app.becomeReady()
  setupPermissions(defaultSession())
  setupNetwork(defaultSession())
  setupPageProtocol(defaultSession(), pageFolder)
  window = new MainWindow(join(root, 'out/preload/preload.cjs'), join(scratch, 'state'))
  handled = []
  setupPageChannel(
    (channel) => channel.onMessage((message) => handled.push(message)),
    (contents) => window.owns(contents),
  )
  window.show()
  ;[page] = fake.BrowserWindow.getAllWindows()
  page.finishLoading()
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(scratch, { recursive: true, force: true })
})

function sources(folder: string): { path: string; text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|vue|html)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }))
}

async function get(url: string, method = 'GET'): Promise<Response> {
  const handler = defaultSession().handlers.get('app')
  return (await handler?.(new Request(url, { method }))) ?? new Response(null, { status: 599 })
}

describe('the security list', () => {
  it('1: loads only its own content, and lets no request leave the machine', () => {
    expect(page.webContents.mainFrame.url).toBe('app://spikedesk/')
    for (const url of [
      'https://example.org/',
      'http://127.0.0.1:80/',
      'ws://localhost/',
      'wss://x.org',
      'file:///etc/passwd',
      'ftp://x.org/',
      'app://other/',
      'app://spikedesk.org/',
      'blob:https://x.org/1',
    ])
      expect([url, defaultSession().lets(url)]).toEqual([url, false])
    for (const url of [
      'app://spikedesk/assets/a.js',
      'blob:app://spikedesk/1',
      'data:image/png;base64,',
      'devtools://devtools/x.html',
    ])
      expect([url, defaultSession().lets(url)]).toEqual([url, true])
    expect(defaultSession().spellChecker).toBe(false)
  })

  it('2, 3, 4: no Node in the page, a world of its own for the bridge, the sandbox everywhere', () => {
    expect(page.options.webPreferences).toMatchObject({
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
    })
    expect(fake.app.sandboxed).toBe(true)
  })

  it('5: denies every permission, asked for or checked', () => {
    const permissions = [
      'media',
      'geolocation',
      'notifications',
      'midi',
      'clipboard-read',
      'openExternal',
      'fileSystem',
      'unknown',
    ]
    for (const permission of permissions) {
      const decided: boolean[] = []
      defaultSession().permissionRequest?.(page.webContents, permission, (allowed) => decided.push(allowed))
      expect(decided).toEqual([false])
      expect(defaultSession().permissionCheck?.(page.webContents, permission)).toBe(false)
    }
    expect(defaultSession().devicePermission?.()).toBe(false)
  })

  it('6, 8, 9: keeps web security, no insecure content, no experiments', () => {
    expect(page.options.webPreferences).toMatchObject({
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
    })
    for (const { path, text } of sources('src-main')) {
      if (path.endsWith('mainWindow.ts')) continue
      expect(text, path).not.toMatch(/webSecurity|allowRunningInsecureContent|disable-web-security/)
    }
  })

  it('7: sends a policy that allows its own files and nothing else', async () => {
    const policy = (await get(pageAddress)).headers.get('Content-Security-Policy') ?? ''
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "font-src 'self'",
      "img-src 'self' data: blob:",
      "connect-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ])
    expect((await get('app://spikedesk/missing.js')).headers.get('Content-Security-Policy')).toBe(policy)
  })

  it('10: switches no Blink feature on', () => {
    expect(page.options.webPreferences).not.toHaveProperty('enableBlinkFeatures')
    for (const { path, text } of sources('src-main'))
      expect(text, path).not.toMatch(/enableBlinkFeatures|appendSwitch/)
  })

  it('11, 12: has no webviews', () => {
    expect(page.options.webPreferences.webviewTag).toBe(false)
    expect(fake.prevented(page.webContents, 'will-attach-webview', {}, {})).toBe(true)
    for (const { path, text } of sources('src-renderer'))
      expect(text, path).not.toMatch(/<webview|allowpopups/)
  })

  it('13: stays where it is', () => {
    for (const event of ['will-navigate', 'will-frame-navigate', 'will-redirect'])
      expect(fake.prevented(page.webContents, event, 'https://example.org/')).toBe(true)
  })

  it('14: opens no windows; a link goes to the browser', () => {
    expect(page.webContents.openHandler?.({ url: 'https://snntorch.readthedocs.io/' })).toEqual({
      action: 'deny',
    })
    expect(fake.record.opened).toEqual(['https://snntorch.readthedocs.io/'])
    expect(page.webContents.openHandler?.({ url: 'about:blank' })).toEqual({ action: 'deny' })
    expect(fake.BrowserWindow.getAllWindows()).toHaveLength(1)
  })

  it('13, 14: guards whatever web contents come to be', () => {
    const other = new fake.FakeWebContents()
    fake.app.emit('web-contents-created', new fake.PreventableEvent(), other)
    expect(fake.prevented(other, 'will-navigate')).toBe(true)
    expect(other.openHandler?.({ url: 'javascript:alert(1)' })).toEqual({ action: 'deny' })
    expect(fake.record.opened).toEqual([])
  })

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://server/share',
    'ms-msdt:/id',
    'app://spikedesk/',
    'vbscript:x',
    'https',
    '',
    '\\\\server\\share',
    'data:text/html,x',
  ])('15: does not open %s', (url) => {
    openLink(url)
    expect(fake.record.opened).toEqual([])
  })

  it('15: has one door to the outside', () => {
    const callers = sources('src-main').filter(({ text }) =>
      /\bopenExternal\s*\(|openPath\(|showItemInFolder\(/.test(text),
    )
    expect(callers.map(({ path }) => path)).toEqual([join(root, 'src-main/app/openExternal.ts')])
  })

  it('16: pins one version of Electron', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    expect(devDependencies.electron).toMatch(/^\d+\.\d+\.\d+$/)
    expect(Number(devDependencies.electron.split('.')[0])).toBeGreaterThanOrEqual(45)
  })

  const strangers: [string, (page: fake.BrowserWindow) => [fake.FakeWebContents, fake.Frame | null]][] = [
    [
      'a frame inside the page',
      ({ webContents }) => [
        webContents,
        { parent: webContents.mainFrame, origin: 'app://spikedesk', url: pageAddress },
      ],
    ],
    [
      'another origin',
      ({ webContents }) => [webContents, { parent: null, origin: 'https://example.org', url: pageAddress }],
    ],
    [
      'an opaque origin',
      ({ webContents }) => [webContents, { parent: null, origin: 'null', url: 'about:blank' }],
    ],
    [
      'a host that begins like ours',
      ({ webContents }) => [
        webContents,
        { parent: null, origin: 'app://spikedesk.org', url: 'app://spikedesk.org/' },
      ],
    ],
    ['a frame that is gone', ({ webContents }) => [webContents, null]],
    [
      'other web contents',
      () => [new fake.FakeWebContents(), { parent: null, origin: 'app://spikedesk', url: pageAddress }],
    ],
  ]
  it.each(strangers)('17: hears nothing from %s', (_name, make) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const [contents, frame] = make(page)
    fake.sendFromPage(page.webContents, channelNames.connect)
    for (const name of Object.values(channelNames))
      fake.sendFromPage(contents, name, { type: 'request', id: 1 }, frame)
    expect(handled).toEqual([])
    fake.sendFromPage(page.webContents, channelNames.message, 'ours')
    expect(handled).toEqual(['ours'])
  })

  it('17: listens to two names and to no others', () => {
    expect(fake.ipcMain.eventNames()).toEqual([channelNames.connect, channelNames.message])
    const users = sources('src-main')
      .filter(({ text }) => /\bipcMain\b/.test(text))
      .map(({ path }) => path)
    expect(users).toEqual([join(root, 'src-main/app/pageChannel.ts')])
  })

  it('18: serves the page over a scheme of its own, never file://', async () => {
    expect(fake.record.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
    expect(await (await get(pageAddress)).text()).toBe('<!doctype html>')
    expect((await get('app://spikedesk/assets/a.js')).headers.get('Content-Type')).toBe(
      'text/javascript; charset=utf-8',
    )
    for (const { path, text } of sources('src-main')) expect(text, path).not.toMatch(/loadFile\(|file:\/\//)
  })

  it.each([
    ['app://spikedesk/../outside.js', 404],
    ['app://spikedesk/%2e%2e/outside.js', 404],
    ['app://spikedesk/..%2foutside.js', 404],
    ['app://spikedesk/assets/..%5c..%5coutside.js', 404],
    ['app://spikedesk//etc/passwd', 404],
    ['app://spikedesk/assets/', 404],
    ['app://spikedesk/assets/a.js%00.html', 404],
    ['app://spikedesk/secret.key', 404],
    ['app://other/index.html', 403],
  ])('18: refuses %s', async (url, status) => {
    const response = await get(url)
    expect(response.status).toBe(status)
    expect(await response.text()).toBe('')
  })

  it('18: takes no method but GET', async () => {
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await get(pageAddress, method)).status).toBe(405)
  })

  it('19: needs no Node by environment or argument, so that the fuses can be off when it is packed', () => {
    for (const { path, text } of sources('src-main/app')) {
      expect(text, path).not.toMatch(/child_process|ELECTRON_RUN_AS_NODE|NODE_OPTIONS|--inspect/)
    }
  })

  it('20: gives the page five functions and no part of Electron', async () => {
    const sent: unknown[][] = []
    vi.spyOn(fake.ipcRenderer, 'send').mockImplementation((...args) => void sent.push(args))
    await import('../../../src-main/preload.ts')
    expect(Object.keys(fake.record.exposed)).toEqual(['spikedesk'])
    const { spikedesk } = fake.record.exposed
    expect(Object.entries(spikedesk).map(([name, value]) => [name, typeof value])).toEqual([
      ['post', 'function'],
      ['onMessage', 'function'],
      ['onCommand', 'function'],
      ['onOpen', 'function'],
      ['pathForFile', 'function'],
    ])
    expect(sent).toEqual([[channelNames.connect]])
    const heard: unknown[] = []
    spikedesk.onMessage(((...args: unknown[]) => heard.push(args)) as never)
    fake.ipcRenderer.emit(channelNames.message, { sender: 'ipcRenderer' }, { type: 'event' })
    expect(heard).toEqual([[{ type: 'event' }]])
    spikedesk.post({ type: 'request', id: 1, name: 'app.info', params: {} } as never)
    expect(sent.at(-1)).toEqual([
      channelNames.message,
      { type: 'request', id: 1, name: 'app.info', params: {} },
    ])
    expect(spikedesk.pathForFile({ path: '/data/a.gz' } as never)).toBe('/data/a.gz')
  })

  it('saves what the page made, and downloads nothing', () => {
    const save = (url: string): boolean =>
      fake.prevented(defaultSession(), 'will-download', { getURL: () => url })
    expect(save('blob:app://spikedesk/7c')).toBe(false)
    expect(save('https://example.org/tool.exe')).toBe(true)
  })
})
