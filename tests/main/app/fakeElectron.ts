import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'

/**
 * Stands in for the `electron` module where its program is not to be had: `vi.mock('electron', () =>
 * import('./fakeElectron.ts'))`. It keeps Electron's rules (what must come before or after `ready`, what an event
 * can prevent, how a quit goes) and remembers what was done. `reset` gives a fresh one.
 */

export class PreventableEvent {
  defaultPrevented = false
  preventDefault(): void {
    this.defaultPrevented = true
  }
}

/** Emits an event that listeners may prevent; whether one did. */
export function prevented(emitter: EventEmitter, name: string, ...args: unknown[]): boolean {
  const event = new PreventableEvent()
  emitter.emit(name, event, ...args)
  return event.defaultPrevented
}

export interface Frame {
  parent: Frame | null
  origin: string
  url: string
}

function originOf(url: string): string {
  const { protocol, host } = new URL(url)
  return host ? `${protocol}//${host}` : 'null'
}

type OpenHandler = (details: { url: string }) => { action: string }

export class FakeWebContents extends EventEmitter {
  mainFrame: Frame = { parent: null, origin: 'null', url: '' }
  sent: { name: string; message: unknown }[] = []
  reloads = 0
  loading = false
  destroyed = false
  openHandler: OpenHandler | null = null

  send(name: string, message: unknown): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed')
    this.sent.push({ name, message: structuredClone(message) })
    this.emit('fake-sent', name, message)
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  isLoading(): boolean {
    return this.loading
  }
  reload(): void {
    this.reloads++
  }
  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler
  }
}

const workArea = { x: 0, y: 0, width: 1920, height: 1040 }
const windows: BrowserWindow[] = []

export class BrowserWindow extends EventEmitter {
  readonly webContents = new FakeWebContents()
  readonly options: Record<string, unknown> & { webPreferences: Record<string, unknown> }
  bounds: { x: number; y: number; width: number; height: number }
  visible = false
  focused = false
  minimized = false
  maximized = false
  destroyed = false
  progress: [number, unknown][] = []

  constructor(options: BrowserWindow['options']) {
    super()
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    this.options = options
    const { x = 100, y = 100, width = 800, height = 600 } = options as Partial<BrowserWindow['bounds']>
    this.bounds = { x, y, width, height }
    windows.push(this)
    app.emit('web-contents-created', new PreventableEvent(), this.webContents)
  }
  static getAllWindows(): BrowserWindow[] {
    return [...windows]
  }
  loadURL(url: string): Promise<void> {
    this.webContents.mainFrame = { parent: null, origin: originOf(url), url }
    this.webContents.loading = true
    return Promise.resolve()
  }
  /** The page has loaded and drawn itself. */
  finishLoading(): void {
    this.webContents.loading = false
    this.webContents.emit('did-finish-load')
    this.emit('ready-to-show')
  }
  show(): void {
    this.visible = true
    this.focused = true
  }
  focus(): void {
    this.focused = true
  }
  isFocused(): boolean {
    return this.focused
  }
  isMinimized(): boolean {
    return this.minimized
  }
  restore(): void {
    this.minimized = false
  }
  maximize(): void {
    this.maximized = true
  }
  isMaximized(): boolean {
    return this.maximized
  }
  isDestroyed(): boolean {
    return this.destroyed
  }
  getNormalBounds(): BrowserWindow['bounds'] {
    return this.bounds
  }
  setProgressBar(share: number, options?: unknown): void {
    this.progress.push([share, options])
  }
  /** As the user's click on the cross: a listener of `close` may prevent it. */
  close(): void {
    if (!prevented(this, 'close')) this.destroy()
  }
  /** Without `close`, and so without any question. */
  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    this.webContents.destroyed = true
    this.webContents.emit('destroyed')
    windows.splice(windows.indexOf(this), 1)
    this.emit('closed')
    if (windows.length === 0 && !app.quitting) app.emit('window-all-closed')
  }
}

class FakeApp extends EventEmitter {
  ready = false
  quitting = false
  exitCode: number | null = null
  sandboxed = false
  firstInstance = true
  isPackaged = false
  recent: string[] = []
  languages = ['en-US']
  paths: Record<string, string> = { userData: join(tmpdir(), 'spikedesk-fake') }
  appPath = '/opt/spikedesk'
  readiness = new EventTarget()

  async becomeReady(): Promise<void> {
    this.ready = true
    this.emit('ready')
    this.readiness.dispatchEvent(new Event('ready'))
    await setImmediate()
  }
  async whenReady(): Promise<void> {
    if (!this.ready) await once(this.readiness, 'ready')
  }
  isReady(): boolean {
    return this.ready
  }
  enableSandbox(): void {
    if (this.ready) throw new Error('app.enableSandbox() can only be called before app is ready')
    this.sandboxed = true
  }
  requestSingleInstanceLock(): boolean {
    return this.firstInstance
  }
  setPath(name: string, path: string): void {
    if (this.ready && name === 'sessionData') throw new Error('sessionData must be set before ready')
    this.paths[name] = path
  }
  getPath(name: string): string {
    if (!(name in this.paths)) throw new Error(`Failed to get '${name}' path`)
    return this.paths[name]
  }
  getAppPath(): string {
    return this.appPath
  }
  getVersion(): string {
    return '0.1.0'
  }
  getPreferredSystemLanguages(): string[] {
    return this.languages
  }
  addRecentDocument(path: string): void {
    this.recent.push(path)
  }
  clearRecentDocuments(): void {
    this.recent = []
  }
  exit(code = 0): void {
    this.exitCode = code
    this.emit('quit')
  }
  quit(): void {
    if (this.quitting || this.exitCode !== null) return
    if (prevented(this, 'before-quit')) return
    this.quitting = true
    for (const window of [...windows]) {
      window.close()
      if (!window.isDestroyed()) {
        this.quitting = false
        return
      }
    }
    const stays = prevented(this, 'will-quit')
    this.quitting = false
    if (!stays) this.exit(0)
  }
}

type Decide = (allowed: boolean) => void

class FakeSession extends EventEmitter {
  handlers = new Map<string, (request: Request) => Response | Promise<Response>>()
  permissionRequest: ((contents: unknown, permission: string, decide: Decide) => void) | null = null
  permissionCheck: ((contents: unknown, permission: string) => boolean) | null = null
  devicePermission: (() => boolean) | null = null
  spellChecker = true
  beforeRequest: ((details: { url: string }, decide: (answer: { cancel: boolean }) => void) => void) | null =
    null
  protocol = {
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>) => {
      if (this.handlers.has(scheme)) throw new Error(`The scheme ${scheme} is already handled`)
      this.handlers.set(scheme, handler)
    },
  }
  webRequest = {
    onBeforeRequest: (listener: NonNullable<FakeSession['beforeRequest']>) => {
      this.beforeRequest = listener
    },
  }
  setPermissionRequestHandler(handler: FakeSession['permissionRequest']): void {
    this.permissionRequest = handler
  }
  setPermissionCheckHandler(handler: FakeSession['permissionCheck']): void {
    this.permissionCheck = handler
  }
  setDevicePermissionHandler(handler: FakeSession['devicePermission']): void {
    this.devicePermission = handler
  }
  setSpellCheckerEnabled(enabled: boolean): void {
    this.spellChecker = enabled
  }
  /** Whether a request for this address would leave. */
  lets(url: string): boolean {
    let cancelled = false
    this.beforeRequest?.({ url }, ({ cancel }) => (cancelled = cancel))
    return !cancelled
  }
}

interface CustomScheme {
  scheme: string
  privileges: Record<string, boolean>
}

/** A utility process: as Electron's, but a child process of plain Node stands behind it. */
export class FakeUtilityProcess extends EventEmitter {
  readonly modulePath: string
  readonly args: string[]
  readonly options: Record<string, unknown>
  readonly stderr = new PassThrough()
  readonly posted: unknown[] = []
  killed = false
  #child: ChildProcess | null = null

  constructor(modulePath: string, args: string[], options: Record<string, unknown>) {
    super()
    this.modulePath = modulePath
    this.args = args
    this.options = options
    if (record.computeEntry === null) return
    const child = fork(record.computeEntry, args, {
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      execArgv: [],
    })
    this.#child = child
    child.stderr?.pipe(this.stderr)
    child.on('message', (message) => this.emit('message', message))
    child.once('close', (code) => this.emit('exit', code ?? 137))
  }
  get pid(): number | undefined {
    return this.#child?.exitCode === null ? this.#child.pid : undefined
  }
  postMessage(message: unknown): void {
    this.posted.push(structuredClone(message))
    if (this.#child?.connected) this.#child.send(message as object)
  }
  kill(): boolean {
    this.killed = true
    return this.#child?.kill() ?? true
  }
}

class FakeNotification extends EventEmitter {
  readonly options: { title: string; body: string }
  constructor(options: { title: string; body: string }) {
    super()
    this.options = options
  }
  static isSupported(): boolean {
    return true
  }
  show(): void {
    record.notifications.push(this)
  }
}

function freshRecord() {
  return {
    /** The entry that utility processes really run; null where they only remember. */
    computeEntry: null as string | null,
    schemes: [] as CustomScheme[],
    opened: [] as string[],
    errorBoxes: [] as string[],
    messageBoxes: [] as { message: string; buttons: string[]; cancelId: number }[],
    /** What the user answers, by index of the button. */
    answer: 0,
    chosen: [] as string[],
    /** Where the user saves; null closes the dialogue. */
    saveTo: null as string | null,
    saveDialogs: [] as { defaultPath: string }[],
    notifications: [] as FakeNotification[],
    utilities: [] as FakeUtilityProcess[],
    blockers: new Set<number>(),
    menu: [] as Record<string, unknown>[],
    exposed: {} as Record<string, Record<string, (...args: never[]) => unknown>>,
    displays: [{ workArea }],
  }
}

export const record = freshRecord()
export const app = new FakeApp()
export const ipcMain = new EventEmitter()
export const ipcRenderer = Object.assign(new EventEmitter(), {
  send: (_name: string, _message?: unknown): void => undefined,
})
export const Notification = FakeNotification
export const nativeTheme = { shouldUseDarkColors: false }
export const screen = { getAllDisplays: () => record.displays }
let defaultSession = new FakeSession()

export const session = {
  get defaultSession(): FakeSession {
    if (!app.isReady()) throw new Error('Session can only be received when app is ready')
    return defaultSession
  },
}
export const protocol = {
  registerSchemesAsPrivileged(schemes: CustomScheme[]): void {
    if (app.isReady())
      throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    record.schemes.push(...schemes)
  },
}
export const shell = {
  openExternal(url: string): Promise<void> {
    record.opened.push(url)
    return Promise.resolve()
  },
}
export const dialog = {
  showErrorBox: (_title: string, content: string) => record.errorBoxes.push(content),
  showMessageBox(_window: unknown, options: (typeof record.messageBoxes)[number]) {
    record.messageBoxes.push(options)
    return Promise.resolve({ response: record.answer })
  },
  showSaveDialog(...args: unknown[]) {
    record.saveDialogs.push(args.at(-1) as { defaultPath: string })
    return Promise.resolve({ canceled: record.saveTo === null, filePath: record.saveTo ?? '' })
  },
  showOpenDialog: () => Promise.resolve({ canceled: record.chosen.length === 0, filePaths: record.chosen }),
}
export const Menu = {
  buildFromTemplate: (template: Record<string, unknown>[]) => template,
  setApplicationMenu(menu: Record<string, unknown>[]) {
    record.menu = menu
  },
}
export const powerSaveBlocker = {
  start(_type: string): number {
    const id = record.blockers.size + 1
    record.blockers.add(id)
    return id
  },
  stop: (id: number) => record.blockers.delete(id),
}
export const utilityProcess = {
  fork(modulePath: string, args: string[], options: Record<string, unknown>): FakeUtilityProcess {
    const child = new FakeUtilityProcess(modulePath, args, options)
    record.utilities.push(child)
    return child
  },
}
export const contextBridge = {
  exposeInMainWorld(name: string, value: Record<string, (...args: never[]) => unknown>): void {
    record.exposed[name] = value
  },
}
export const webUtils = { getPathForFile: (file: { path?: string }) => file.path ?? '' }

/** A message from a frame of a page to the main process; from its top frame where none is given. */
export function sendFromPage(
  sender: FakeWebContents,
  name: string,
  message?: unknown,
  senderFrame?: Frame | null,
): void {
  const frame = senderFrame === undefined ? sender.mainFrame : senderFrame
  ipcMain.emit(name, { sender, senderFrame: frame }, structuredClone(message))
}

/** Forgets everything, as if Electron had just been started. */
export function reset(): void {
  for (const emitter of [app, ipcMain, ipcRenderer]) emitter.removeAllListeners()
  for (const window of [...windows]) window.removeAllListeners().destroy()
  Object.assign(app, new FakeApp())
  Object.assign(record, freshRecord())
  defaultSession = new FakeSession()
}
