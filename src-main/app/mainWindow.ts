import { join } from 'node:path'
import { BrowserWindow, nativeTheme, screen, type WebContents, type WebPreferences } from 'electron'
import type { FileToOpen } from '../../src-shared/fileScreens.ts'
import { channelNames } from './channelNames.ts'
import { pageAddress } from './pageProtocol.ts'
import { readState, writeState } from './stateFile.ts'
import { openingBounds, smallest, windowStateSchema } from './windowBounds.ts'

/** What the page's process may do. Everything stands here by name, also what is Electron's default. */
export const pagePreferences: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
}

/** Behind the page until it has drawn itself; the `--bg` of its themes. */
const background = { light: '#f2f3f6', dark: '#0e1014' }

/** A page that dies again within this time is not loaded anew, in milliseconds. */
const crashPause = 10_000

/** The program's one window; it may be closed while a run goes on, and opened again. */
export class MainWindow {
  #window: BrowserWindow | null = null
  readonly #preload: string
  readonly #stateFile: string
  readonly #closing: ((event: { preventDefault(): void }) => void)[] = []

  constructor(preload: string, stateFolder: string) {
    this.#preload = preload
    this.#stateFile = join(stateFolder, 'window.json')
  }

  get current(): BrowserWindow | null {
    return this.#window
  }

  /** Whether a message's sender is the page in this window. */
  owns(contents: WebContents): boolean {
    return this.#window?.webContents === contents
  }

  /** Hears that the user closes the window, before it does; `preventDefault` keeps it open. */
  onClosing(listener: (event: { preventDefault(): void }) => void): void {
    this.#closing.push(listener)
  }

  /** Opens the window, or brings it to the front. */
  show(): void {
    const window = this.#window
    if (!window) {
      this.#create()
      return
    }
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  /** Hands the page a command of `src-shared/commands.ts`. */
  command(id: string): void {
    this.#hand(channelNames.command, id)
  }

  /** Hands the page a file. */
  open(file: FileToOpen): void {
    this.#hand(channelNames.open, file)
  }

  #hand(name: string, message: string | FileToOpen): void {
    this.show()
    const contents = this.#window?.webContents
    const send = (): void => contents?.send(name, message)
    if (contents?.isLoading()) contents.once('did-finish-load', send)
    else send()
  }

  #create(): void {
    const state = readState(this.#stateFile, windowStateSchema)
    const workAreas = screen.getAllDisplays().map((display) => display.workArea)
    const window = new BrowserWindow({
      ...openingBounds(state, workAreas),
      minWidth: smallest.width,
      minHeight: smallest.height,
      show: false,
      title: 'Spikedesk',
      backgroundColor: nativeTheme.shouldUseDarkColors ? background.dark : background.light,
      webPreferences: { ...pagePreferences, preload: this.#preload },
    })
    this.#window = window
    if (state?.maximized) window.maximize()
    window.once('ready-to-show', () => window.show())
    window.on('close', (event) => {
      this.#remember(window)
      for (const listener of this.#closing) listener(event)
    })
    window.on('closed', () => {
      if (this.#window === window) this.#window = null
    })
    this.#reloadAfterCrash(window)
    void window.loadURL(pageAddress)
  }

  #remember(window: BrowserWindow): void {
    const { x, y, width, height } = window.getNormalBounds()
    writeState(this.#stateFile, { x, y, width, height, maximized: window.isMaximized() })
  }

  /** The page holds no truth, so it is simply loaded anew: the run goes on and its history is on disk. */
  #reloadAfterCrash(window: BrowserWindow): void {
    let last = Number.NEGATIVE_INFINITY
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit' || window.isDestroyed()) return
      console.error(`The page ended unexpectedly (${reason}).`)
      const now = performance.now()
      if (now - last > crashPause) window.webContents.reload()
      last = now
    })
  }
}
